/** What the local driver can do here, in words. */
import { type Config, isLoopback } from '../../config.ts'
import type { Capabilities } from '../../drivers/local/capabilities.ts'
import type { Finding } from './diagnose.ts'

export const capabilityFindings = (capabilities: Capabilities, config: Config): Finding[] => [
  user(capabilities, config),
  isolation(capabilities),
  limits(capabilities),
  readiness(capabilities),
  players(capabilities),
]

function user({ root }: Capabilities, config: Config): Finding {
  const topic = 'user of games'
  if (root) {
    const { uidFrom, uidTo } = config.local
    const found = `an own one per application, ${uidFrom} to ${uidTo}`
    return { topic, state: 'yes', found, means: 'games cannot read the data folder or each other' }
  }
  const isOpen = !isLoopback(config.host)
  const refused = isOpen && !config.local.shareUser
  return {
    topic,
    state: refused ? 'no' : 'limited',
    found: 'the server does not run as root, so games run as its own user',
    means: refused
      ? 'an API that is open to the network starts no games so: run as root, or set local.shareUser'
      : 'games can read the data folder, with its token: run as root for games you do not trust',
  }
}

function isolation({ stage, problems }: Capabilities): Finding {
  const topic = 'own view of files'
  if (stage.isolated && stage.overlay)
    return {
      ...{ topic, state: 'yes', found: 'own mounts, and an overlay over the build' },
      means: 'each process has its own copy of the build to write to, at no cost',
    }
  const why = problems.length === 0 ? '' : ` (${problems.join('; ')})`
  if (stage.isolated)
    return {
      ...{ topic, state: 'limited', found: `own mounts, no overlay${why}` },
      means: 'the build is copied for each process, which takes time and disk',
    }
  return {
    ...{ topic, state: 'limited', found: `none${why}` },
    means: 'the build is copied for each process, and games see the files of this machine',
  }
}

function limits({ limits: kind, cgroups }: Capabilities): Finding {
  const topic = 'CPU and memory limits'
  const names = [...new Set(cgroups.flatMap((parent) => parent.controllers))].join(', ')
  return kind === 'enforced'
    ? {
        ...{ topic, state: 'yes', found: `cgroups: ${names}` },
        means: 'a game gets what its deployment requests; one that takes more memory is ended',
      }
    : {
        ...{ topic, state: 'limited', found: names === '' ? 'no cgroups' : `cgroups: ${names}` },
        means: 'requests are counted, not enforced: a game can take what others need',
      }
}

const readiness = ({ tracing }: Capabilities): Finding => ({
  topic: 'seeing a TCP port open',
  ...(tracing
    ? { state: 'yes', found: 'kernel tracing', means: 'a process is running the moment it listens' }
    : {
        ...{ state: 'limited', found: 'no kernel tracing (needs root and tracefs)' },
        means: 'it is looked for again and again: running up to 100 ms late',
      }),
})

const players = ({ packetFilter }: Capabilities): Finding => ({
  topic: 'counting UDP players',
  ...(packetFilter
    ? {
        ...{ state: 'yes', found: 'nftables' },
        means: 'UDP games end when nobody plays; bytes sent are measured',
      }
    : {
        ...{ state: 'limited', found: 'no nftables (needs root and the program nft)' },
        means: 'UDP players are unknown: such a game is not ended for idleness while it has a room',
      }),
})
