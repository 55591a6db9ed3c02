/* Reading the HTTP answers to calls. */
#ifndef ANSWER_H
#define ANSWER_H

#include <stddef.h>

enum verdict {
    ANSWER_INCOMPLETE,
    /* The call's own id and text came back with status 200. */
    ANSWER_RIGHT,
    /* Anything else: a refusal, a JSON-RPC error, another call's answer. */
    ANSWER_WRONG,
};

/* Judges what has come so far, `size` bytes and a NUL after them. A chunked body is joined in place once it is whole,
 * so that a wrong answer can be shown as it was meant. */
enum verdict judge_answer(char *bytes, size_t size, const char *text, unsigned long long id);

#endif
