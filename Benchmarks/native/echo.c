/* An MCP server over stdio with one tool, `echo`: the child that every gateway in the benchmarks wraps.
 *
 * It is small and fast on purpose: what it costs must not hide what a gateway costs. Values are copied from the
 * question into the answer as they stand, so a text comes back with the escapes it was sent with. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A piece of the question; empty where there is none. */
struct span {
    const char *start;
    const char *end;
};

static const char *skip_string(const char *at)
{
    for (at++; *at && *at != '"'; at++)
        if (*at == '\\' && at[1]) at++;
    return *at ? at + 1 : at;
}

static const char *skip_space(const char *at)
{
    return at + strspn(at, " \t\r\n");
}

static const char *skip_value(const char *at)
{
    if (*at == '"') return skip_string(at);
    if (*at != '{' && *at != '[') return at + strcspn(at, ",]} \t\r\n");
    int depth = 0;
    do {
        if (*at == '"') {
            at = skip_string(at);
            continue;
        }
        if (*at == '{' || *at == '[') depth++;
        if (*at == '}' || *at == ']') depth--;
        at++;
    } while (depth > 0 && *at);
    return at;
}

/* The value of a key of the object, not of one inside it. */
static struct span member(struct span object, const char *key)
{
    const size_t length = strlen(key);
    const struct span none = {NULL, NULL};
    if (!object.start || *object.start != '{') return none;
    const char *at = skip_space(object.start + 1);
    while (*at == '"') {
        const char *name = at + 1;
        at = skip_string(at);
        int is_wanted = (size_t)(at - name) == length + 1 && memcmp(name, key, length) == 0;
        at = skip_space(at);
        if (*at != ':') return none;
        at = skip_space(at + 1);
        const char *end = skip_value(at);
        if (is_wanted) return (struct span){at, end};
        at = skip_space(end);
        if (*at == ',') at = skip_space(at + 1);
    }
    return none;
}

static int is_text(struct span span, const char *text)
{
    size_t length = strlen(text);
    return span.start && (size_t)(span.end - span.start) == length + 2 && memcmp(span.start + 1, text, length) == 0;
}

static void write_span(struct span span, const char *otherwise)
{
    if (span.start) fwrite(span.start, 1, (size_t)(span.end - span.start), stdout);
    else fputs(otherwise, stdout);
}

static void answer(struct span id, struct span method, struct span params)
{
    fputs("{\"jsonrpc\":\"2.0\",\"id\":", stdout);
    write_span(id, "null");
    if (is_text(method, "tools/call")) {
        fputs(",\"result\":{\"content\":[{\"type\":\"text\",\"text\":", stdout);
        write_span(member(member(params, "arguments"), "text"), "\"\"");
        fputs("}]}}\n", stdout);
    } else if (is_text(method, "initialize")) {
        fputs(",\"result\":{\"protocolVersion\":", stdout);
        write_span(member(params, "protocolVersion"), "\"2025-06-18\"");
        fputs(",\"capabilities\":{\"tools\":{}},\"serverInfo\":{\"name\":\"echo\",\"version\":\"1\"}}}\n", stdout);
    } else if (is_text(method, "tools/list")) {
        fputs(",\"result\":{\"tools\":[{\"name\":\"echo\",\"description\":\"Answers with the text\","
              "\"inputSchema\":{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"}},"
              "\"required\":[\"text\"]}}]}}\n", stdout);
    } else if (is_text(method, "ping")) {
        fputs(",\"result\":{}}\n", stdout);
    } else {
        fputs(",\"error\":{\"code\":-32601,\"message\":\"Method not found\"}}\n", stdout);
    }
    fflush(stdout);
}

int main(void)
{
    char *line = NULL;
    size_t size = 0;
    while (getline(&line, &size, stdin) > 0) {
        const char *start = skip_space(line);
        struct span message = {start, skip_value(start)};
        struct span id = member(message, "id");
        struct span method = member(message, "method");
        if (id.start && method.start) answer(id, method, member(message, "params"));
    }
    free(line);
    return 0;
}
