/*
 * Headsets that exist only here: umockdev stands in for /sys, udev and /dev/hidrawN, before any program that is started with
 * libumockdev-preload and UMOCKDEV_DIR. What Chromium runs is its own code for real devices.
 *
 * In, a line each:
 *   plug NAME FILE      FILE: a description by umockdev's format, "@N@" in it is the number of the plugging. Its first "P:"
 *                       is the HID device, and each line "O: ID BYTES" the length of an output report with its id.
 *   unplug NAME
 *   in NAME HEX         an input report, its id first where the device numbers its reports
 *   uevent PATH ACTION  of a device that stands, such as a sound card
 *   add FILE            devices that stay, such as what the headsets are plugged into
 * Out: "dir PATH" at first, then for each line one of "plugged NAME AT", "unplugged NAME AT", "sent NAME AT", "told AT",
 * "added AT" or "error WHY", and of itself "out NAME AT HEX" for each output report, or "lost NAME ID" for one of an id that
 * its description does not have. AT is the wall clock in milliseconds.
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <umockdev.h>
#include <unistd.h>

#define HEADSETS 16
#define REPORT 512
/* The program reads a description while it hears of it. */
#define REMOVE_AFTER_US 50000
/* A pty is a stream: two reports in one read would be one for the program. */
#define BETWEEN_REPORTS_US 3000

struct headset {
  char name[64], hid[512], raw[600];
  int fd;
  size_t lengths[256], held;
  unsigned char bytes[4 * REPORT];
};

static UMockdevTestbed *bed;
static struct headset headsets[HEADSETS];
static int plugged;

static double wall_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static struct headset *find(const char *name) {
  for (int at = 0; at < HEADSETS; at++)
    if (headsets[at].fd >= 0 && strcmp(headsets[at].name, name) == 0) return &headsets[at];
  return NULL;
}

static struct headset *spare(void) {
  for (int at = 0; at < HEADSETS; at++)
    if (headsets[at].fd < 0) return &headsets[at];
  return NULL;
}

static const char *add(const char *text) {
  GError *error = NULL;
  return umockdev_testbed_add_from_string(bed, text, &error) ? NULL : error->message;
}

/* Takes the lines that are ours out of a description. */
static char *read_lengths(struct headset *headset, const char *text) {
  memset(headset->lengths, 0, sizeof headset->lengths);
  GString *rest = g_string_new(NULL);
  char **lines = g_strsplit(text, "\n", -1);
  for (char **line = lines; *line != NULL; line++) {
    unsigned id, length;
    if (sscanf(*line, "O: %u %u", &id, &length) == 2 && id < 256 && length <= REPORT) headset->lengths[id] = length;
    else g_string_append_printf(rest, "%s\n", *line);
  }
  g_strfreev(lines);
  return g_string_free(rest, FALSE);
}

static const char *plug(const char *name, const char *file) {
  struct headset *headset = spare();
  char *text, number[16], device[64];
  if (headset == NULL || find(name) != NULL) return "no place for it";
  if (!g_file_get_contents(file, &text, NULL, NULL)) return "no description";
  snprintf(number, sizeof number, "%d", plugged);
  char **parts = g_strsplit(text, "@N@", -1);
  char *numbered = g_strjoinv(number, parts), *description = read_lengths(headset, numbered);
  const char *problem = add(description), *path = strstr(description, "P: ");
  if (problem == NULL && path != NULL) {
    path += 3;
    snprintf(headset->name, sizeof headset->name, "%s", name);
    snprintf(headset->hid, sizeof headset->hid, "/sys%.*s", (int)strcspn(path, "\n"), path);
    snprintf(headset->raw, sizeof headset->raw, "%s/hidraw/hidraw%d", headset->hid, plugged);
    snprintf(device, sizeof device, "/dev/hidraw%d", plugged);
    headset->held = 0;
    headset->fd = umockdev_testbed_get_dev_fd(bed, device);
    umockdev_testbed_uevent(bed, headset->hid, "add");
    umockdev_testbed_uevent(bed, headset->raw, "add");
    plugged++;
  }
  g_free(description);
  g_free(numbered);
  g_strfreev(parts);
  g_free(text);
  return problem;
}

static const char *unplug(const char *name) {
  struct headset *headset = find(name);
  if (headset == NULL) return "not plugged in";
  headset->fd = -1;
  umockdev_testbed_uevent(bed, headset->raw, "remove");
  umockdev_testbed_uevent(bed, headset->hid, "remove");
  usleep(REMOVE_AFTER_US);
  umockdev_testbed_remove_device(bed, headset->raw);
  umockdev_testbed_remove_device(bed, headset->hid);
  return NULL;
}

static const char *send_report(const char *name, const char *hex) {
  struct headset *headset = find(name);
  unsigned char bytes[REPORT];
  size_t length = 0;
  if (headset == NULL) return "not plugged in";
  for (; hex[0] != 0 && hex[1] != 0 && length < sizeof bytes; hex += 2) {
    unsigned byte;
    if (sscanf(hex, "%2x", &byte) != 1) return "no bytes";
    bytes[length++] = (unsigned char)byte;
  }
  struct pollfd reader = {headset->fd, 0, 0};
  /* The kernel keeps no report for who comes later. */
  if (poll(&reader, 1, 0) > 0 && (reader.revents & POLLHUP)) return NULL;
  return write(headset->fd, bytes, length) == (ssize_t)length ? NULL : "not taken";
}

static void obey(char *line) {
  const char *word = strtok(line, " "), *first = strtok(NULL, " "), *second = strtok(NULL, " "), *problem = NULL;
  double at = wall_ms();
  if (word == NULL || first == NULL) problem = "no such order";
  else if (strcmp(word, "add") == 0) {
    char *text;
    problem = g_file_get_contents(first, &text, NULL, NULL) ? add(text) : "no description";
    if (problem == NULL) printf("added %.3f\n", at);
  } else if (second == NULL && strcmp(word, "unplug") != 0) problem = "no such order";
  else if (strcmp(word, "plug") == 0) {
    problem = plug(first, second);
    if (problem == NULL) printf("plugged %s %.3f\n", first, at);
  } else if (strcmp(word, "unplug") == 0) {
    problem = unplug(first);
    if (problem == NULL) printf("unplugged %s %.3f\n", first, at);
  } else if (strcmp(word, "in") == 0) {
    problem = send_report(first, second);
    if (problem == NULL) printf("sent %s %.3f\n", first, at);
  } else if (strcmp(word, "uevent") == 0) {
    umockdev_testbed_uevent(bed, first, second);
    printf("told %.3f\n", at);
  } else problem = "no such order";
  if (problem != NULL) printf("error %s\n", problem);
  fflush(stdout);
  if (word != NULL && strcmp(word, "in") == 0) usleep(BETWEEN_REPORTS_US);
}

static void tell_reports(struct headset *headset) {
  for (;;) {
    size_t length = headset->held == 0 ? 0 : headset->lengths[headset->bytes[0]];
    if (length == 0) {
      /* Of an id that its description does not know: what follows could not be told apart. */
      if (headset->held > 0) printf("lost %s %u\n", headset->name, headset->bytes[0]);
      headset->held = 0;
      break;
    }
    if (headset->held < length) break;
    printf("out %s %.3f ", headset->name, wall_ms());
    for (size_t at = 0; at < length; at++) printf("%02x", headset->bytes[at]);
    printf("\n");
    headset->held -= length;
    memmove(headset->bytes, headset->bytes + length, headset->held);
  }
  fflush(stdout);
}

static void hear(struct headset *headset) {
  ssize_t got = read(headset->fd, headset->bytes + headset->held, sizeof headset->bytes - headset->held);
  if (got <= 0) return;
  headset->held += (size_t)got;
  tell_reports(headset);
}

int main(void) {
  char input[8192];
  size_t held = 0;
  for (int at = 0; at < HEADSETS; at++) headsets[at].fd = -1;
  bed = umockdev_testbed_new();
  char *root = umockdev_testbed_get_root_dir(bed);
  printf("dir %s\n", root);
  fflush(stdout);
  for (;;) {
    struct pollfd waits[HEADSETS + 1] = {{STDIN_FILENO, POLLIN, 0}};
    for (int at = 0; at < HEADSETS; at++) waits[at + 1] = (struct pollfd){headsets[at].fd, POLLIN, 0};
    poll(waits, HEADSETS + 1, -1);
    int hung_up = 0;
    for (int at = 0; at < HEADSETS; at++) {
      if (headsets[at].fd < 0) continue;
      if (waits[at + 1].revents & POLLIN) hear(&headsets[at]);
      /* Nobody has it open: a pty says so all the time. */
      else if (waits[at + 1].revents & (POLLHUP | POLLERR)) hung_up = 1;
    }
    if (waits[0].revents & (POLLIN | POLLHUP)) {
      ssize_t got = read(STDIN_FILENO, input + held, sizeof input - 1 - held);
      if (got <= 0) break;
      held += (size_t)got;
      input[held] = 0;
      char *end;
      while ((end = strchr(input, '\n')) != NULL) {
        *end = 0;
        obey(input);
        held -= (size_t)(end + 1 - input);
        memmove(input, end + 1, held + 1);
      }
    } else if (hung_up) usleep(2000);
  }
  g_object_unref(bed);
  return 0;
}
