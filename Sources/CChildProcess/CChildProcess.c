#define _GNU_SOURCE
#include "CChildProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

static struct rlimit original_descriptor_limit;

/// Closes every descriptor from `first` up; async-signal-safe.
static void close_from(int first) {
#if defined(__linux__) && defined(SYS_close_range)
    if (syscall(SYS_close_range, (unsigned)first, ~0u, 0u) == 0) return;
#endif
    long limit = sysconf(_SC_OPEN_MAX);
    if (limit < 0 || limit > 65536) limit = 65536;
    for (int descriptor = first; descriptor < limit; descriptor++) close(descriptor);
}

/// Gives the child the signal state that a program expects: nothing blocked, nothing ignored.
static void reset_signals(void) {
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    for (int number = 1; number < 32; number++) {
        if (number != SIGKILL && number != SIGSTOP) signal(number, SIG_DFL);
    }
}

static void report_and_exit(int report) {
    int reason = errno;
    ssize_t ignored = write(report, &reason, sizeof reason);
    (void)ignored;
    _exit(127);
}

/// Moves a descriptor out of the way of 0, 1 and 2, so that dup2 can't overwrite one still needed.
static int above_standard(int descriptor) {
    return descriptor > 2 ? descriptor : fcntl(descriptor, F_DUPFD, 3);
}

static void become(
    const char *path, char *const argv[], char *const envp[], const char *directory,
    int in, int out, int err, int report, pid_t parent
) {
    setsid();
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(127);
#else
    (void)parent;
#endif
    reset_signals();
    in = above_standard(in);
    out = above_standard(out);
    err = above_standard(err);
    if (in < 0 || out < 0 || err < 0) report_and_exit(report);
    if (dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0) report_and_exit(report);
    if (directory && chdir(directory) != 0) report_and_exit(report);
    if (report < 4 && (report = fcntl(report, F_DUPFD, 4)) < 0) _exit(127);
    if (original_descriptor_limit.rlim_cur) setrlimit(RLIMIT_NOFILE, &original_descriptor_limit);
    // The report pipe survives as descriptor 3 until exec closes it: that is how the parent sees success.
    if (dup2(report, 3) < 0) report_and_exit(report);
    report = 3;
    fcntl(report, F_SETFD, FD_CLOEXEC);
    close_from(4);
    execve(path, argv, envp);
    report_and_exit(report);
}

int slipway_child_spawn(
    const char *path, char *const argv[], char *const envp[], const char *directory,
    int standard_input, int standard_output, int standard_error, pid_t *pid
) {
    int report[2];
    if (pipe(report) != 0) return errno;
    fcntl(report[0], F_SETFD, FD_CLOEXEC);
    fcntl(report[1], F_SETFD, FD_CLOEXEC);

    // No signal handler of ours may run in the child between fork and exec.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t parent = getpid();
    pid_t child = fork();
    if (child == 0) {
        become(path, argv, envp, directory, standard_input, standard_output, standard_error, report[1], parent);
    }
    int reason = child < 0 ? errno : 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    close(report[1]);

    if (child > 0) {
        int sent = 0;
        ssize_t count;
        do { count = read(report[0], &sent, sizeof sent); } while (count < 0 && errno == EINTR);
        if (count > 0) {
            reason = sent;
            while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {}
        } else {
            *pid = child;
        }
    }
    close(report[0]);
    return reason;
}

extern char **environ;

bool slipway_is_program(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode) && access(path, X_OK) == 0;
}

char **slipway_environment(void) { return environ; }

void slipway_conceal(const char *name) {
#ifdef __linux__
    prctl(PR_SET_DUMPABLE, 0);
#endif
    char *value = getenv(name);
    if (value) memset(value, 'x', strlen(value));
}

void slipway_raise_descriptor_limit(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= limit.rlim_max) return;
    original_descriptor_limit = limit;
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0) original_descriptor_limit.rlim_cur = 0;
}
