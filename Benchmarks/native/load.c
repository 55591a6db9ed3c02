/* Calls the tool `echo` over HTTP keep-alive connections, one call at a time on each, and counts what comes back.
 *
 *     load SECONDS varied|same < connections
 *
 * Each line of standard input is one connection to 127.0.0.1: PORT PATH SESSION, with - for no session. A call's id
 * and its text of 32 bytes are its own, except with `same`, for a server whose answer is fixed. The last line of
 * output is one JSON object; latencies are in microseconds. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "answer.h"

enum { most_connections = 256, longest_answer = 65536, most_wrong = 1000 };

/* How long calls in flight may take once the time is up. */
static const double grace = 5;

struct connection {
    int socket;
    int port;
    char path[128];
    char session[4096];
    double asked;
    unsigned long long id;
    char text[33];
    size_t size;
    char answer[longest_answer + 1];
};

struct tally {
    double began;
    double ended;
    unsigned long long right;
    unsigned long long wrong;
    int in_flight;
    float *latencies;
    size_t room;
    char complaint[300];
};

static struct connection connections[most_connections];
static int connection_count;
static int is_varied;
static unsigned long long last_id;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void give_up(const char *what)
{
    perror(what);
    exit(1);
}

static void read_connections(void)
{
    struct connection *next = connections;
    while (connection_count < most_connections
           && scanf("%d %127s %4095s", &next->port, next->path, next->session) == 3) {
        connection_count++;
        next++;
    }
}

static void open_connection(struct connection *connection, int poll)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)connection->port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connection->socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    setsockopt(connection->socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (connect(connection->socket, (struct sockaddr *)&address, sizeof address) != 0) give_up("connect");
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
    if (epoll_ctl(poll, EPOLL_CTL_ADD, connection->socket, &event) != 0) give_up("epoll_ctl");
}

static void ask(struct connection *connection, struct tally *tally)
{
    char body[512], request[8192], session[4200] = "";
    connection->id = is_varied ? ++last_id : 1;
    snprintf(connection->text, sizeof connection->text, "call %027llu", connection->id);
    const int length = snprintf(
        body, sizeof body,
        "{\"jsonrpc\":\"2.0\",\"id\":%llu,\"method\":\"tools/call\","
        "\"params\":{\"name\":\"echo\",\"arguments\":{\"text\":\"%s\"}}}",
        connection->id, connection->text);
    if (strcmp(connection->session, "-") != 0)
        snprintf(session, sizeof session, "Mcp-Session-Id: %s\r\n", connection->session);
    const int size = snprintf(
        request, sizeof request,
        "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\n"
        "Accept: application/json, text/event-stream\r\nMCP-Protocol-Version: 2025-06-18\r\n%s"
        "Content-Length: %d\r\n\r\n%s",
        connection->path, connection->port, session, length, body);
    connection->size = 0;
    connection->asked = now();
    tally->in_flight++;
    if (send(connection->socket, request, (size_t)size, MSG_NOSIGNAL) != size) give_up("send");
}

static void count(struct tally *tally, struct connection *connection, enum verdict verdict)
{
    tally->in_flight--;
    tally->ended = now();
    if (verdict == ANSWER_WRONG) {
        if (tally->wrong++ == 0)
            snprintf(tally->complaint, sizeof tally->complaint, "%.299s", connection->answer);
        return;
    }
    if (tally->right == tally->room) {
        tally->room = tally->room ? tally->room * 2 : 65536;
        tally->latencies = realloc(tally->latencies, tally->room * sizeof *tally->latencies);
        if (!tally->latencies) give_up("realloc");
    }
    tally->latencies[tally->right++] = (float)((tally->ended - connection->asked) * 1e6);
}

/* Takes what has come on a connection, and asks again where the answer is whole and there is time. */
static void hear(struct connection *connection, struct tally *tally, int poll, double deadline)
{
    char *end = connection->answer + connection->size;
    const ssize_t got = recv(connection->socket, end, longest_answer - connection->size, 0);
    enum verdict verdict = ANSWER_WRONG;
    if (got > 0) {
        connection->size += (size_t)got;
        end[got] = 0;
        verdict = judge_answer(connection->answer, connection->size, connection->text, connection->id);
        if (verdict == ANSWER_INCOMPLETE) return;
    } else {
        snprintf(end, longest_answer - connection->size, " (the connection was closed)");
        close(connection->socket);
        open_connection(connection, poll);
    }
    count(tally, connection, verdict);
    if (now() < deadline && tally->wrong < most_wrong) ask(connection, tally);
}

static void run(double seconds, struct tally *tally)
{
    const int poll = epoll_create1(EPOLL_CLOEXEC);
    for (int index = 0; index < connection_count; index++) open_connection(&connections[index], poll);
    tally->began = now();
    const double deadline = tally->began + seconds;
    for (int index = 0; index < connection_count; index++) ask(&connections[index], tally);
    while (tally->in_flight > 0 && now() < deadline + grace) {
        struct epoll_event events[most_connections];
        const int ready = epoll_wait(poll, events, most_connections, 100);
        for (int index = 0; index < ready; index++) hear(events[index].data.ptr, tally, poll, deadline);
    }
}

static int compare(const void *one, const void *other)
{
    const float left = *(const float *)one, right = *(const float *)other;
    return (left > right) - (left < right);
}

/* The complaint as the inside of a JSON string. */
static void print_complaint(const char *text)
{
    for (; *text; text++) {
        if (*text == '"' || *text == '\\') printf("\\%c", *text);
        else if ((unsigned char)*text < ' ' || (unsigned char)*text > '~') putchar(' ');
        else putchar(*text);
    }
}

static void report(struct tally *tally)
{
    const size_t right = tally->right;
    qsort(tally->latencies, right, sizeof *tally->latencies, compare);
    const double p50 = right ? tally->latencies[right / 2] : 0;
    const double p99 = right ? tally->latencies[right * 99 / 100] : 0;
    printf("{\"right\":%llu,\"wrong\":%llu,\"unanswered\":%d,", tally->right, tally->wrong, tally->in_flight);
    printf("\"seconds\":%.4f,\"p50\":%.1f,\"p99\":%.1f,", tally->ended - tally->began, p50, p99);
    printf("\"complaint\":\"");
    print_complaint(tally->complaint);
    printf("\"}\n");
}

int main(int count, char **words)
{
    if (count != 3) {
        fprintf(stderr, "usage: load SECONDS varied|same < connections\n");
        return 64;
    }
    is_varied = strcmp(words[2], "same") != 0;
    read_connections();
    struct tally tally = {0};
    run(atof(words[1]), &tally);
    report(&tally);
    free(tally.latencies);
    return 0;
}
