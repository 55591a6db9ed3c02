#ifndef SLIPWAY_CCHILDPROCESS_H
#define SLIPWAY_CCHILDPROCESS_H

#include <stdbool.h>
#include <sys/types.h>

/// Starts `path` in a session and process group of its own, with the three descriptors as its standard
/// streams and no other descriptor inherited. On Linux the kernel kills it when the calling thread
/// ends, so that thread must last as long as the process.
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

/// Whether a path names a file that this process may run. Why C: `struct stat` comes to Swift through one module or
/// another, by how the program is linked.
bool slipway_is_program(const char *path);

/// The process's environment, NULL-terminated. Swift sees the C library's `environ` as shared mutable state.
char **slipway_environment(void);

/// Overwrites an environment variable's value where the kernel shows it (/proc/PID/environ), and keeps processes of
/// the same user from reading this one's memory (prctl(2), PR_SET_DUMPABLE). Children are not affected: exec resets it.
void slipway_conceal(const char *name);

/// Raises the soft limit on open descriptors to the hard one. Children get the original limit back.
void slipway_raise_descriptor_limit(void);

#endif
