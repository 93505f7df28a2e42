/** A game of a few megabytes that works, exits at once or never binds its port, as its environment says. */
import { existsSync } from 'node:fs'

/** What it needs of the machine; undefined when all is there. */
export const missing = existsSync('/usr/bin/perl') ? undefined : 'perl is not installed'

export const rolloutGame = {
  Procfile: 'server: exec /usr/bin/perl server.pl\n',
  'server.pl': `
use IO::Socket::INET;
exit 3 if $ENV{GAME_IS} eq 'broken';
$SIG{TERM} = sub { exit 0 };
my $socket;
$socket = IO::Socket::INET->new(LocalPort => $ENV{PORT}, Proto => 'udp') or die "cannot bind: $!"
  if $ENV{GAME_IS} ne 'deaf';
sleep 60 while 1;
`,
}

export type GameIs = 'good' | 'broken' | 'deaf'
