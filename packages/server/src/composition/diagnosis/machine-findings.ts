/** The machine around the games: size, ports, descriptors, service manager, address. */
import { existsSync, readFileSync } from 'node:fs'
import { availableParallelism, totalmem } from 'node:os'
import { type Config, isLoopback } from '../../config.ts'
import { defaultPublicHost } from '../public-host.ts'
import type { Finding } from './diagnose.ts'

export const machineFindings = (config: Config): Finding[] => [
  size(),
  ports(config),
  descriptors(),
  restarts(),
  address(config),
]

const size = (): Finding => ({
  ...{ topic: 'size', state: 'yes' },
  found: `${availableParallelism()} cores, ${Math.floor(totalmem() / 1_048_576)} MB`,
  means: 'what processes may request in all, unless the settings say otherwise',
})

/** A port of the range from which the kernel takes those of outgoing connections may be taken at any moment. */
function ports({ ports: { from, to } }: Config): Finding {
  const topic = 'ports of games'
  const found = `${from} to ${to}, ${to - from + 1} of them`
  const [low = 32_768] = (read('/proc/sys/net/ipv4/ip_local_port_range') ?? '')
    .split(/\s+/)
    .map(Number)
  return to < low
    ? { topic, state: 'yes', found, means: `open them in your firewall, TCP and UDP` }
    : {
        ...{ topic, state: 'limited', found: `${found}; outgoing connections use ${low} and up` },
        means: `a port may be taken when a game needs it, another is used then: set ports.to below ${low}`,
      }
}

const wantedDescriptors = 65_536

function descriptors(): Finding {
  const line = /^Max open files\s+(\d+|unlimited)/m.exec(read('/proc/self/limits') ?? '')?.[1]
  const limit = line === 'unlimited' ? Infinity : Number(line ?? 0)
  return limit >= 4_096
    ? { topic: 'open files', state: 'yes', found: String(limit), means: 'enough' }
    : {
        ...{ topic: 'open files', state: 'limited', found: String(limit) },
        means: `about ${Math.floor(limit / 4)} games and readers at once: raise it with ulimit -n ${wantedDescriptors}`,
      }
}

function restarts(): Finding {
  const topic = 'when the server is restarted'
  const inContainer =
    existsSync('/.dockerenv') || /docker|kubepods|containerd/.test(read('/proc/1/cgroup') ?? '')
  if (inContainer)
    return {
      ...{ topic, state: 'limited', found: 'inside of a container' },
      means:
        'games end when the container ends: run the server beside the container engine instead',
    }
  const service = /\/([^/\n]+\.service)/.exec(read('/proc/self/cgroup') ?? '')?.[1]
  if (service !== undefined && !service.startsWith('user@'))
    return {
      ...{ topic, state: 'limited', found: `inside of the service ${service}` },
      means:
        'games end with it unless it has KillMode=process: see examples/systemd/hatchery.service',
    }
  return {
    ...{ topic, state: 'yes', found: 'no service manager ends what the server started' },
    means: 'games go on and are adopted',
  }
}

function address(config: Config): Finding {
  const host = config.publicHost ?? defaultPublicHost(config.host)
  const topic = 'address for players'
  return isLoopback(host)
    ? {
        ...{ topic, state: 'limited', found: host },
        means: 'only this machine can connect: set host to 0.0.0.0 or publicHost to its address',
      }
    : { topic, state: 'yes', found: host, means: 'players connect there; check it from outside' }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
