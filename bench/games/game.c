/* The smallest game server: listens on $PORT, greets who connects, and ends with 0 when it is asked to. */
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static void on_terminate(int signal) {
  (void)signal;
  _exit(0);
}

int main(void) {
  const char *text = getenv("PORT");
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_ANY)};
  int listener = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
  address.sin_port = htons((unsigned short)(text ? atoi(text) : 7777));
  signal(SIGTERM, on_terminate);
  signal(SIGINT, on_terminate);
  signal(SIGPIPE, SIG_IGN);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 128)) {
    perror("cannot listen");
    return 2;
  }
  for (;;) {
    int player = accept(listener, NULL, NULL);
    if (player < 0) continue;
    if (write(player, "OK\n", 3) != 3) perror("cannot greet");
    close(player);
  }
}
