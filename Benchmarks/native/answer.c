#define _GNU_SOURCE
#include "answer.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The value of a field of the head, or NULL. */
static const char *field(const char *head, const char *end, const char *name)
{
    const size_t length = strlen(name);
    for (const char *line = strstr(head, "\r\n"); line && line < end; line = strstr(line + 2, "\r\n")) {
        const char *at = line + 2;
        if (strncasecmp(at, name, length) != 0 || at[length] != ':') continue;
        at += length + 1;
        return at + strspn(at, " ");
    }
    return NULL;
}

/* The size of a chunked body that is whole; -1 where some is still to come. */
static long chunked_size(const char *body, const char *end)
{
    long total = 0;
    for (const char *at = body;;) {
        const char *line = memmem(at, (size_t)(end - at), "\r\n", 2);
        if (!line) return -1;
        const long size = strtol(at, NULL, 16);
        if (end - line < size + 4) return -1;
        if (size <= 0) return total;
        total += size;
        at = line + 2 + size + 2;
    }
}

static void join_chunks(char *body)
{
    char *to = body;
    for (char *at = body;;) {
        const long size = strtol(at, NULL, 16);
        if (size <= 0) break;
        char *content = strstr(at, "\r\n") + 2;
        memmove(to, content, (size_t)size);
        to += size;
        at = content + size + 2;
    }
    *to = 0;
}

static int has_id(const char *body, unsigned long long id)
{
    for (const char *at = strstr(body, "\"id\":"); at; at = strstr(at + 1, "\"id\":"))
        if (strtoull(at + 5, NULL, 10) == id) return 1;
    return 0;
}

enum verdict judge_answer(char *bytes, size_t size, const char *text, unsigned long long id)
{
    char *head_end = strstr(bytes, "\r\n\r\n");
    if (!head_end) return ANSWER_INCOMPLETE;
    char *body = head_end + 4;
    const char *length = field(bytes, head_end, "content-length");
    if (length) {
        if (bytes + size < body + strtol(length, NULL, 10)) return ANSWER_INCOMPLETE;
    } else if (field(bytes, head_end, "transfer-encoding")) {
        if (chunked_size(body, bytes + size) < 0) return ANSWER_INCOMPLETE;
        join_chunks(body);
    }
    const int is_ok = strncmp(bytes, "HTTP/1.1 200", 12) == 0;
    return is_ok && has_id(body, id) && strstr(body, text) ? ANSWER_RIGHT : ANSWER_WRONG;
}
