/**
 * A game that says who it is before it binds its port, and ends with the code it is told, so that a test can see what
 * became of it: whatever is said to run has said so in its log.
 */
import { createSocket } from 'node:dgram'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { create } from 'tar'

/** What it needs of the machine; undefined when all is there. */
export const missing = existsSync('/usr/bin/perl') ? undefined : 'perl is not installed'

const script = `#!/usr/bin/perl
use IO::Socket::INET;
$| = 1;
my $id = $ENV{HATHORA_PROCESS_ID};
$SIG{TERM} = sub { print "stopped $id\\n"; exit 0 };
print "started $id\\n";
my $socket = IO::Socket::INET->new(LocalPort => $ENV{PORT}, Proto => 'udp') or die "cannot bind: $!";
while (1) {
  my $from = $socket->recv(my $message, 100);
  next unless defined $from;
  if ($message =~ /^exit (\\d+)/) { print "exits $1\\n"; exit $1 }
  $socket->send($id);
}
`

export async function killGameArchive(): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'hatchery-game-'))
  writeFileSync(join(folder, 'server'), script, { mode: 0o755 })
  writeFileSync(join(folder, 'Procfile'), 'server: ./server\n')
  const chunks: Uint8Array[] = []
  for await (const chunk of create({ gzip: true, cwd: folder, portable: true }, [
    'Procfile',
    'server',
  ])) {
    chunks.push(chunk)
  }
  rmSync(folder, { recursive: true })
  return Buffer.concat(chunks)
}

/** Sends a datagram until it is answered; resolves with the answer, the id of the game. */
export function askGame(port: number): Promise<string> {
  const socket = createSocket('udp4')
  return new Promise((resolve, reject) => {
    const send = (): void => socket.send('who', port, '127.0.0.1')
    const again = setInterval(send, 200)
    const giveUp = setTimeout(
      () => finish(() => reject(new Error(`no answer on port ${port}`))),
      30_000,
    )
    const finish = (settle: () => void): void => {
      clearInterval(again)
      clearTimeout(giveUp)
      socket.close()
      settle()
    }
    socket.on('message', (answer) => finish(() => resolve(answer.toString())))
    send()
  })
}

/** Tells a game to end with a code; loopback does not lose it. */
export function tellToExit(port: number, code: number): Promise<void> {
  const socket = createSocket('udp4')
  return new Promise((resolve) => {
    socket.send(`exit ${code}`, port, '127.0.0.1', () => {
      socket.close()
      resolve()
    })
  })
}
