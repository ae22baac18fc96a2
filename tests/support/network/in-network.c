/*
 * Runs a program in the network of a desk, with the same process id, and leaves a door open to its debugger: what it
 * says on standard error of an address where it listens is said again with one where it can be reached from outside.
 *
 *   RINGSIDE_NETWORK=PID      of the network's emulator
 *   RINGSIDE_PROGRAM=PATH     takes the arguments of this one
 *   RINGSIDE_DOORS=PORT,...   what listens on these ports outside is found there inside, as if it were the same machine
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define SPARE 4
#define MOST 16

typedef struct {
  int ear, network, port; /* who comes to the ear is taken to this port, in that network */
} door;

static door doors[MOST];
static int door_count, spare_used;

static void die(const char *what) {
  fprintf(stderr, "in-network: %s: %s\n", what, strerror(errno));
  exit(127);
}

static struct sockaddr_in local(int port) {
  return (struct sockaddr_in){.sin_family = AF_INET,
                              .sin_port = htons((uint16_t)port),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

static int listen_on(int port) {
  const int ear = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), yes = 1;
  struct sockaddr_in place = local(port);
  setsockopt(ear, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (bind(ear, (struct sockaddr *)&place, sizeof place) < 0 || listen(ear, 16) < 0) die("listen");
  return ear;
}

static int port_of(int ear) {
  struct sockaddr_in place;
  socklen_t length = sizeof place;
  getsockname(ear, (struct sockaddr *)&place, &length);
  return ntohs(place.sin_port);
}

static void carry(int a, int b) {
  char bytes[65536];
  struct pollfd sides[2] = {{a, POLLIN, 0}, {b, POLLIN, 0}};
  for (;;) {
    if (poll(sides, 2, -1) < 0) return;
    for (int side = 0; side < 2; side++) {
      if (!sides[side].revents) continue;
      const ssize_t got = read(sides[side].fd, bytes, sizeof bytes);
      if (got <= 0) return;
      for (ssize_t put = 0; put < got;) {
        const ssize_t more = write(sides[1 - side].fd, bytes + put, (size_t)(got - put));
        if (more <= 0) return;
        put += more;
      }
    }
  }
}

static void open_door(const door *one) {
  const int came = accept(one->ear, NULL, NULL);
  if (came < 0) return;
  if (fork() == 0) {
    /* A socket belongs to the network in which it was made. */
    if (setns(one->network, CLONE_NEWNET) < 0) _exit(1);
    const int there = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in place = local(one->port);
    if (connect(there, (struct sockaddr *)&place, sizeof place) == 0) carry(came, there);
    _exit(0);
  }
  close(came);
}

static void write_all(int to, const char *text, size_t length) {
  while (length > 0) {
    const ssize_t put = write(to, text, length);
    if (put <= 0) return;
    text += put;
    length -= (size_t)put;
  }
}

/* The address in a line such as "Debugger listening on ws://127.0.0.1:9229/…" becomes that of a spare door. */
static void say_again(int to, char *line, size_t length) {
  static const char words[] = "listening on ws://127.0.0.1:";
  char *found = memmem(line, length, words, strlen(words));
  if (!found || spare_used == SPARE) {
    write_all(to, line, length);
    return;
  }
  door *spare = &doors[spare_used++];
  char *number = found + strlen(words), *rest;
  spare->port = (int)strtol(number, &rest, 10);
  char port[8];
  snprintf(port, sizeof port, "%d", port_of(spare->ear));
  write_all(to, line, (size_t)(number - line));
  write_all(to, port, strlen(port));
  write_all(to, rest, length - (size_t)(rest - line));
}

/* Goes on until everybody who may write to `from` is gone. */
static void keep_doors(int from, int to) {
  static char text[65536];
  size_t length = 0;
  for (;;) {
    struct pollfd ears[MOST + 1] = {{from, POLLIN, 0}};
    for (int one = 0; one < door_count; one++)
      ears[one + 1] = (struct pollfd){doors[one].port ? doors[one].ear : -1, POLLIN, 0};
    if (poll(ears, (nfds_t)door_count + 1, -1) < 0) continue;
    for (int one = 0; one < door_count; one++)
      if (ears[one + 1].revents) open_door(&doors[one]);
    if (!ears[0].revents) continue;
    const ssize_t got = read(from, text + length, sizeof text - length - 1);
    if (got <= 0) return;
    length += (size_t)got;
    text[length] = 0;
    char *start = text, *end;
    while ((end = memchr(start, '\n', length - (size_t)(start - text)))) {
      say_again(to, start, (size_t)(end + 1 - start));
      start = end + 1;
    }
    length -= (size_t)(start - text);
    memmove(text, start, length);
    if (length == sizeof text - 1) write_all(to, text, length), length = 0;
  }
}

int main(int count, char **arguments) {
  (void)count;
  const char *network = getenv("RINGSIDE_NETWORK"), *program = getenv("RINGSIDE_PROGRAM");
  if (!network || !program) return 127;
  char path[64];
  snprintf(path, sizeof path, "/proc/%s/ns/net", network);
  const int inside = open(path, O_RDONLY | O_CLOEXEC);
  const int outside = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
  if (inside < 0 || outside < 0) die(path);
  for (; door_count < SPARE; door_count++) doors[door_count] = (door){listen_on(0), inside, 0};
  if (setns(inside, CLONE_NEWNET) < 0) die("setns");
  const char *wished = getenv("RINGSIDE_DOORS");
  char *ports = strdup(wished ? wished : "");
  for (char *port = strtok(ports, ","); port && door_count < MOST; port = strtok(NULL, ","))
    doors[door_count++] = (door){listen_on(atoi(port)), outside, atoi(port)};

  int errors[2];
  if (pipe(errors) < 0) die("pipe");
  const int said = dup(2);
  /* The keeper is nobody's child: the program is not to find one that it does not know. */
  const pid_t between = fork();
  if (between == 0) {
    if (fork() != 0) _exit(0);
    close(errors[1]);
    close(0);
    close(1);
    close(2);
    signal(SIGCHLD, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    keep_doors(errors[0], said);
    _exit(0);
  }
  dup2(errors[1], 2);
  close(errors[0]);
  close(errors[1]);
  close(said);
  for (int one = 0; one < door_count; one++) close(doors[one].ear);
  arguments[0] = (char *)program;
  execv(program, arguments);
  die(program);
}
