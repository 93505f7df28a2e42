/**
 * What tests need from the operating system. Installed where that is wished (CI=1 or HATCHERY_TEST_INSTALL=1) and
 * possible (Debian, root); elsewhere the tests that need it are skipped, and a line here says what is missing.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Debian's package and the program in it that tests call. */
const needed = [
  { name: 'teeworlds-server', program: 'teeworlds-server', why: 'a real UDP game server' },
  { name: 'freeciv-server', program: 'freeciv-server', why: 'a real TCP game server' },
  { name: 'nftables', program: 'nft', why: 'counting the packets of UDP games' },
  { name: 'docker.io', program: 'dockerd', why: 'a Docker engine of their own' },
  { name: 'docker-registry', program: 'docker-registry', why: 'pulling images from a registry' },
  { name: 'busybox-static', program: 'busybox', why: 'images without a registry' },
  { name: 'openssh-server', program: 'sshd', why: 'reaching an engine over SSH' },
  { name: 'iproute2', program: 'ip', why: 'a network of that engine’s own' },
  { name: 'chromium', program: 'chromium', why: 'the SDK in a browser' },
  { name: 'util-linux', program: 'setpriv', why: 'running games as another user' },
]

/** Folders of programs that are not on everyone's PATH. */
const moreFolders = ['/usr/games', '/usr/sbin', '/sbin']

export function ensureSystemPackages() {
  const missing = needed.filter(isMissing)
  if (missing.length === 0) return
  if (mayInstall()) install(missing.map(({ name }) => name))
  for (const { name, why } of missing.filter(isMissing)) {
    console.error(`Not installed: ${name} (${why}); tests that need it are skipped`)
  }
  const isWished = process.env.CI || process.env.HATCHERY_TEST_INSTALL
  if (!isWished) console.error('HATCHERY_TEST_INSTALL=1 npm test installs them, on Debian as root')
}

function isMissing({ program }) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...moreFolders]
  return !folders.some((folder) => existsSync(join(folder, program)))
}

function mayInstall() {
  const isWished = process.env.CI || process.env.HATCHERY_TEST_INSTALL === '1'
  return isWished && process.getuid?.() === 0 && existsSync('/etc/debian_version')
}

function install(names) {
  console.error(`Installing ${names.join(', ')} for the tests …`)
  const installing = ['install', '--yes', '--no-install-recommends', ...names]
  if (apt(installing)) return
  if (!apt(['update']) || !apt(installing)) console.error('apt-get could not install them')
}

/** The service that a game's package brings is not to be started. */
function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  return spawnSync('apt-get', ['--quiet', ...args], { stdio: 'ignore', env }).status === 0
}
