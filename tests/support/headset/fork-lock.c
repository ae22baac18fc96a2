/*
 * Goes before libumockdev-preload. That takes a lock at each open() of a file; a process that is forked while another thread
 * holds it has it for ever and never comes to its program, but keeps every pipe open that whoever waits for the end reads.
 */
#include <pthread.h>

extern pthread_mutex_t trap_path_lock;

static void lock(void) { pthread_mutex_lock(&trap_path_lock); }
static void unlock(void) { pthread_mutex_unlock(&trap_path_lock); }

__attribute__((constructor)) static void begin(void) { pthread_atfork(lock, unlock, unlock); }
