/*
 * A network for one desk, in user space: a network namespace that exists as long as this program does, joined with the
 * machine's own by TUN devices. What passes is delayed, lost and held up as told, line by line, on standard input.
 *
 *   network-emulator 198.18.7      the machine is 198.18.7.1 and the desk 198.18.7.2, on its "eth0"
 *
 *   set KEY=VALUE ...   from now on, whole: what is not named is none
 *     delay=MS jitter=MS     one way; normally distributed, so that packets overtake each other as with netem
 *     spike=PERCENT,MS       so many packets are late by so much more, and what follows waits behind them
 *     loss=PERCENT           at random
 *     burst=P,R              Gilbert-Elliott: P per cent of packets begin a burst, R per cent of those in it end it
 *     rate=KBIT queue=PACKETS  each way
 *     down=1                 nothing passes, and nobody is told
 *     udp=0                  no UDP passes
 *   on DEVICE ADDRESS   "eth0" or "wlan0" has this address, and is the way out
 *   off DEVICE
 *   count               how many packets passed and how many were dropped
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <math.h>
#include <net/if.h>
#include <net/route.h>
#include <netinet/ip.h>
#include <poll.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

enum { MACHINE, ETH0, WLAN0, DEVICES };
enum { UP, DOWN_, WAYS }; /* from the desk, and to it */

static const char *const names[DEVICES] = {"", "eth0", "wlan0"};

typedef struct {
  double delay, jitter, spike_share, spike, loss, enter, leave, rate;
  int queue, down, no_udp;
} conditions;

typedef struct {
  double due;
  uint64_t number;
  int to, length;
  unsigned char *bytes;
} packet;

static int devices[DEVICES];
static in_addr_t addresses[DEVICES];
static conditions now_is = {.queue = 50};
static packet *heap;
static size_t waiting, room;
static uint64_t numbers, passed, dropped;
static int in_burst[WAYS];
static double busy_until[WAYS], held_until[WAYS];

static void die(const char *what) {
  fprintf(stderr, "network-emulator: %s: %s\n", what, strerror(errno));
  exit(1);
}

static double now_seconds(void) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static double uniform(void) { return drand48(); }
static int happens(double percent) { return percent > 0 && uniform() * 100 < percent; }
static double normal(void) { return sqrt(-2 * log(1 - uniform())) * cos(2 * M_PI * uniform()); }

/* --- Packets on their way, the next one first */

static int is_before(const packet *a, const packet *b) {
  return a->due < b->due || (a->due == b->due && a->number < b->number);
}

static void swap(size_t a, size_t b) {
  packet kept = heap[a];
  heap[a] = heap[b];
  heap[b] = kept;
}

static void push(packet one) {
  if (waiting == room) {
    room = room ? room * 2 : 256;
    heap = realloc(heap, room * sizeof *heap);
    if (!heap) die("memory");
  }
  size_t at = waiting++;
  heap[at] = one;
  for (; at > 0 && is_before(&heap[at], &heap[(at - 1) / 2]); at = (at - 1) / 2)
    swap(at, (at - 1) / 2);
}

static packet pop(void) {
  packet first = heap[0];
  heap[0] = heap[--waiting];
  for (size_t at = 0;;) {
    size_t least = at, left = 2 * at + 1, right = left + 1;
    if (left < waiting && is_before(&heap[left], &heap[least])) least = left;
    if (right < waiting && is_before(&heap[right], &heap[least])) least = right;
    if (least == at) return first;
    swap(at, least);
    at = least;
  }
}

/* --- What becomes of one */

static int is_lost(int way) {
  if (now_is.enter > 0) {
    in_burst[way] = in_burst[way] ? !happens(now_is.leave) : happens(now_is.enter);
    if (in_burst[way]) return 1;
  }
  return happens(now_is.loss);
}

static void take(int from, const unsigned char *bytes, int length) {
  if (length < 20 || bytes[0] >> 4 != 4) return;
  const int way = from == MACHINE ? DOWN_ : UP;
  int to = MACHINE;
  if (way == DOWN_) {
    in_addr_t destination;
    memcpy(&destination, bytes + 16, sizeof destination);
    to = destination == addresses[ETH0] ? ETH0 : destination == addresses[WLAN0] ? WLAN0 : MACHINE;
    if (to == MACHINE) {
      dropped++;
      return;
    }
  }
  const int is_blocked = now_is.no_udp && bytes[9] == IPPROTO_UDP;
  if (now_is.down || is_blocked || is_lost(way)) {
    dropped++;
    return;
  }
  const double at = now_seconds();
  double due = at;
  if (now_is.rate > 0) {
    const double takes = length * 8 / (now_is.rate * 1000);
    const double starts = fmax(busy_until[way], at);
    if ((starts - at) / takes > now_is.queue) {
      dropped++;
      return;
    }
    due = busy_until[way] = starts + takes;
  }
  const double late = now_is.delay + normal() * now_is.jitter;
  due += late > 0 ? late / 1000 : 0;
  if (now_is.spike > 0) {
    if (happens(now_is.spike_share)) held_until[way] = due + now_is.spike / 1000;
    if (due < held_until[way]) due = held_until[way];
  }
  packet one = {due, numbers++, to, length, malloc((size_t)length)};
  if (!one.bytes) die("memory");
  memcpy(one.bytes, bytes, (size_t)length);
  push(one);
}

static void deliver(void) {
  while (waiting > 0 && heap[0].due <= now_seconds()) {
    packet one = pop();
    if (write(devices[one.to], one.bytes, (size_t)one.length) == one.length) passed++;
    else dropped++;
    free(one.bytes);
  }
}

/* --- Devices, in the namespace that this process is in at the time */

static int open_tun(const char *name, char *given) {
  const int tun = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (tun < 0) die("/dev/net/tun");
  struct ifreq wish = {.ifr_flags = IFF_TUN | IFF_NO_PI};
  strncpy(wish.ifr_name, name, IFNAMSIZ - 1);
  if (ioctl(tun, TUNSETIFF, &wish) < 0) die("TUNSETIFF");
  if (given) strcpy(given, wish.ifr_name);
  return tun;
}

static void change(const char *name, unsigned long what, in_addr_t address, int flags) {
  const int handle = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  struct ifreq wish = {0};
  strncpy(wish.ifr_name, name, IFNAMSIZ - 1);
  if (what == SIOCSIFFLAGS) wish.ifr_flags = (short)flags;
  else {
    struct sockaddr_in *place = (struct sockaddr_in *)&wish.ifr_addr;
    place->sin_family = AF_INET;
    place->sin_addr.s_addr = address;
  }
  if (ioctl(handle, what, &wish) < 0 && address != 0) die(name);
  close(handle);
}

static void default_way(const char *name, unsigned long what) {
  const int handle = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  struct rtentry route = {.rt_dev = (char *)name, .rt_flags = RTF_UP};
  route.rt_dst.sa_family = route.rt_genmask.sa_family = AF_INET;
  if (ioctl(handle, what, &route) < 0 && what == SIOCADDRT) die("default route");
  close(handle);
}

static void switch_on(const char *name, in_addr_t address) {
  change(name, SIOCSIFFLAGS, 0, IFF_UP | IFF_RUNNING);
  change(name, SIOCSIFADDR, address, 0);
  change(name, SIOCSIFNETMASK, inet_addr("255.255.255.0"), 0);
  change(name, SIOCSIFFLAGS, 0, IFF_UP | IFF_RUNNING);
}

static void switch_off(const char *name) {
  change(name, SIOCSIFADDR, 0, 0);
  change(name, SIOCSIFFLAGS, 0, 0);
}

/* --- What is told */

static int device_called(const char *name) {
  for (int one = ETH0; name && one < DEVICES; one++)
    if (strcmp(name, names[one]) == 0) return one;
  return 0;
}

static int set(char *words) {
  conditions next = {.queue = 50};
  for (char *word = strtok(words, " "); word; word = strtok(NULL, " ")) {
    char *value = strchr(word, '=');
    if (!value) return 0;
    *value++ = 0;
    char *rest;
    const double number = strtod(value, &rest);
    const double second = *rest == ',' ? strtod(rest + 1, NULL) : 0;
    if (!strcmp(word, "delay")) next.delay = number;
    else if (!strcmp(word, "jitter")) next.jitter = number;
    else if (!strcmp(word, "spike")) next.spike_share = number, next.spike = second;
    else if (!strcmp(word, "loss")) next.loss = number;
    else if (!strcmp(word, "burst")) next.enter = number, next.leave = second;
    else if (!strcmp(word, "rate")) next.rate = number;
    else if (!strcmp(word, "queue")) next.queue = (int)number;
    else if (!strcmp(word, "down")) next.down = number != 0;
    else if (!strcmp(word, "udp")) next.no_udp = number == 0;
    else return 0;
  }
  now_is = next;
  return 1;
}

static void obey(char *line) {
  char *rest = strchr(line, ' ');
  if (rest) *rest++ = 0;
  else rest = line + strlen(line);
  int good = 1;
  if (!strcmp(line, "set")) good = set(rest);
  else if (!strcmp(line, "on")) {
    const int device = device_called(strtok(rest, " "));
    const char *text = strtok(NULL, " ");
    const in_addr_t address = text ? inet_addr(text) : INADDR_NONE;
    good = device != 0 && address != INADDR_NONE;
    if (good) {
      switch_on(names[device], address);
      addresses[device] = address;
      for (int one = ETH0; one < DEVICES; one++) default_way(names[one], SIOCDELRT);
      default_way(names[device], SIOCADDRT);
    }
  } else if (!strcmp(line, "off")) {
    const int device = device_called(rest);
    good = device != 0;
    if (good) {
      addresses[device] = 0;
      switch_off(names[device]);
      for (int one = ETH0; one < DEVICES; one++)
        if (addresses[one] != 0) default_way(names[one], SIOCDELRT), default_way(names[one], SIOCADDRT);
    }
  } else if (!strcmp(line, "count")) {
    printf("ok %llu %llu\n", (unsigned long long)passed, (unsigned long long)dropped);
    return;
  } else good = 0;
  puts(good ? "ok" : "no");
}

/* 0: nobody tells anything any more. */
static int listen_to_input(void) {
  static char text[4096];
  static size_t length;
  const ssize_t got = read(0, text + length, sizeof text - length - 1);
  if (got <= 0) return 0;
  length += (size_t)got;
  text[length] = 0;
  char *start = text, *end;
  while ((end = strchr(start, '\n'))) {
    *end = 0;
    obey(start);
    start = end + 1;
  }
  length -= (size_t)(start - text);
  memmove(text, start, length + 1);
  return 1;
}

int main(int count, char **arguments) {
  if (count != 2) return 2;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  setvbuf(stdout, NULL, _IOLBF, 0);
  srand48((long)time(NULL) ^ getpid());
  char text[32], machine[IFNAMSIZ];
  devices[MACHINE] = open_tun("desknet%d", machine);
  snprintf(text, sizeof text, "%s.1", arguments[1]);
  switch_on(machine, inet_addr(text));

  if (unshare(CLONE_NEWNET) < 0) die("a network namespace");
  /* One family of addresses is enough, and the other would have candidates of its own. */
  const int six = open("/proc/sys/net/ipv6/conf/default/disable_ipv6", O_WRONLY | O_CLOEXEC);
  if (six >= 0) {
    if (write(six, "1", 1) < 0) perror("disable_ipv6");
    close(six);
  }
  change("lo", SIOCSIFFLAGS, 0, IFF_UP | IFF_RUNNING);
  for (int one = ETH0; one < DEVICES; one++) devices[one] = open_tun(names[one], NULL);
  snprintf(text, sizeof text, "%s.2", arguments[1]);
  addresses[ETH0] = inet_addr(text);
  switch_on(names[ETH0], addresses[ETH0]);
  default_way(names[ETH0], SIOCADDRT);
  printf("ready %d %s\n", getpid(), machine);

  struct pollfd ears[DEVICES + 1];
  for (int one = 0; one < DEVICES; one++) ears[one] = (struct pollfd){devices[one], POLLIN, 0};
  ears[DEVICES] = (struct pollfd){0, POLLIN, 0};
  for (;;) {
    struct timespec patience = {0, 0};
    if (waiting > 0) {
      const double left = fmax(0, heap[0].due - now_seconds());
      patience.tv_sec = (time_t)left;
      patience.tv_nsec = (long)((left - floor(left)) * 1e9);
    }
    if (ppoll(ears, DEVICES + 1, waiting > 0 ? &patience : NULL, NULL) < 0 && errno != EINTR)
      die("poll");
    if (ears[DEVICES].revents && !listen_to_input()) return 0;
    for (int one = 0; one < DEVICES; one++) {
      if (!(ears[one].revents & POLLIN)) continue;
      unsigned char bytes[65536];
      ssize_t length;
      while ((length = read(devices[one], bytes, sizeof bytes)) > 0) take(one, bytes, (int)length);
    }
    deliver();
  }
}
