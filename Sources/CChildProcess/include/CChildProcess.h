#ifndef SLIPWAY_CCHILDPROCESS_H
#define SLIPWAY_CCHILDPROCESS_H

#include <sys/types.h>

/// Starts `path` in a session and process group of its own, with the three descriptors as its standard
/// streams and no other descriptor inherited. On Linux the kernel kills it when the calling thread's
/// process dies.
///
/// Why C: Swift can't fork, and posix_spawn can't ask for a parent-death signal.
///
/// @param argv, envp  NULL-terminated.
/// @param directory   working directory, or NULL for the caller's.
/// @return 0 and the process id in `*pid`, or the errno of the step that was refused (exec's included).
int slipway_child_spawn(
    const char *path, char *const argv[], char *const envp[], const char *directory,
    int standard_input, int standard_output, int standard_error, pid_t *pid
);

/// The process's environment, NULL-terminated. Swift sees the C library's `environ` as shared mutable state.
char **slipway_environment(void);

#endif
