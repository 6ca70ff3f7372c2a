/*
 * Makes a disk slow: each fsync and fdatasync of the process takes SLOW_SYNC_US microseconds longer.
 * The calls are counted in the file SLOW_SYNC_COUNT (8 bytes), so that it can be seen that they come by here.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static _Atomic unsigned long *calls;
static useconds_t delay;
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);

__attribute__((constructor)) static void begin(void) {
  const char *us = getenv("SLOW_SYNC_US");
  const char *path = getenv("SLOW_SYNC_COUNT");
  real_fsync = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  delay = us ? (useconds_t)strtoul(us, NULL, 10) : 0;
  if (!path) return;
  int file = open(path, O_RDWR);
  if (file < 0) return;
  void *memory = mmap(NULL, sizeof *calls, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (memory != MAP_FAILED) calls = memory;
  close(file);
}

static void wait_a_little(void) {
  if (calls) atomic_fetch_add(calls, 1);
  if (delay) usleep(delay);
}

int fsync(int fd) {
  wait_a_little();
  return real_fsync(fd);
}

int fdatasync(int fd) {
  wait_a_little();
  return real_fdatasync(fd);
}
