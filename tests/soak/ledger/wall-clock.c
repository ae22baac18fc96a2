/*
 * Preloaded into a program, sets its wall clock and lets its machine have slept, as often as wished while it runs.
 * Monotonic clocks, timers and waits go on as they are. RINGSIDE_CLOCK names a file of two int64, nanoseconds: how far the
 * wall clock was set, and how long the machine slept. It is mapped before any sandbox closes.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

struct shift {
  volatile int64_t set;
  volatile int64_t slept;
};

static const struct shift none;
static const struct shift *shift = &none;

__attribute__((constructor)) static void map_shift(void) {
  const char *path = getenv("RINGSIDE_CLOCK");
  if (path == NULL) return;
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return;
  void *mapped = mmap(NULL, sizeof *shift, PROT_READ, MAP_SHARED, file, 0);
  close(file);
  if (mapped != MAP_FAILED) shift = mapped;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
  int answer = (int)syscall(SYS_clock_gettime, clock, now);
  if (answer != 0) return answer;
  int64_t ahead = 0;
  if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) ahead = shift->set + shift->slept;
  if (clock == CLOCK_BOOTTIME) ahead = shift->slept;
  if (ahead != 0) {
    int64_t ns = (int64_t)now->tv_sec * 1000000000 + now->tv_nsec + ahead;
    now->tv_sec = ns / 1000000000;
    now->tv_nsec = ns % 1000000000;
  }
  return 0;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  (void)zone;
  struct timespec wall;
  if (clock_gettime(CLOCK_REALTIME, &wall) != 0) return -1;
  now->tv_sec = wall.tv_sec;
  now->tv_usec = wall.tv_nsec / 1000;
  return 0;
}

time_t time(time_t *at) {
  struct timespec wall;
  if (clock_gettime(CLOCK_REALTIME, &wall) != 0) return -1;
  if (at != NULL) *at = wall.tv_sec;
  return wall.tv_sec;
}

/* Where libuv reads how long the machine is up (uv_uptime). */
static int open_uptime(void) {
  struct timespec up;
  char text[64];
  int file = memfd_create("uptime", MFD_CLOEXEC);
  if (file < 0 || clock_gettime(CLOCK_BOOTTIME, &up) != 0) return -1;
  int length = snprintf(text, sizeof text, "%lld.%02ld 0.00\n", (long long)up.tv_sec, up.tv_nsec / 10000000);
  if (write(file, text, (size_t)length) != length || lseek(file, 0, SEEK_SET) != 0) return -1;
  return file;
}

typedef int open_call(const char *, int, ...);

#define OPEN_AS(name)                                             \
  int name(const char *path, int flags, ...) {                    \
    static open_call *real;                                       \
    if (strcmp(path, "/proc/uptime") == 0) return open_uptime();  \
    if (real == NULL) *(void **)&real = dlsym(RTLD_NEXT, #name);      \
    va_list rest;                                                 \
    va_start(rest, flags);                                        \
    mode_t mode = va_arg(rest, mode_t);                           \
    va_end(rest);                                                 \
    return real(path, flags, mode);                               \
  }

OPEN_AS(open)
OPEN_AS(open64)
