/** The Docker engines that the settings name, in words; without any, whether the usual one is there. */
import type { Config } from '../../config.ts'
import { nodesIn } from '../../config/nodes.ts'
import { type EngineAbilities, engineAbilities } from '../../drivers/docker/engine-abilities.ts'
import type { Finding } from './diagnose.ts'

export async function engineFindings(config: Config): Promise<Finding[]> {
  const named = nodesIn(config).flatMap(({ docker }) => docker ?? [])
  if (named.length === 0) return await findingsOf(config, config.containers.engine, 'optional')
  const all = [...new Set(named)].map((url) => findingsOf(config, url, 'needed'))
  return (await Promise.all(all)).flat()
}

async function findingsOf(
  { containers: { certificates } }: Config,
  url: string,
  need: 'needed' | 'optional',
): Promise<Finding[]> {
  try {
    const abilities = await engineAbilities({ url, certificates })
    return [answering(url, abilities), ...(need === 'needed' ? restarts(abilities) : [])]
  } catch (error) {
    return [silent(url, error, need)]
  }
}

const topicOf = (url: string): string => `Docker engine at ${url}`

function answering(url: string, { engine, api, missingLimits }: EngineAbilities): Finding {
  const topic = topicOf(url)
  const found = `version ${engine}, API ${api}`
  return missingLimits.length === 0
    ? { topic, state: 'yes', found, means: 'games can run in its containers: hatchery up --docker' }
    : {
        ...{ topic, state: 'limited', found: `${found}, no limit of ${missingLimits.join(', ')}` },
        means: 'a game can take what others need: have its kernel count these',
      }
}

function restarts({ liveRestore }: EngineAbilities): Finding[] {
  const topic = 'when the Docker engine is restarted'
  return liveRestore
    ? [{ topic, state: 'yes', found: 'live-restore is on', means: 'games go on' }]
    : [
        {
          ...{ topic, state: 'limited', found: 'live-restore is off' },
          means: 'games end with it: set "live-restore": true in /etc/docker/daemon.json',
        },
      ]
}

function silent(url: string, error: unknown, need: 'needed' | 'optional'): Finding {
  const topic = topicOf(url)
  const found = error instanceof Error ? error.message : String(error)
  return need === 'needed'
    ? { topic, state: 'no', found, means: `no game can be started there: ${wayOut(url)}` }
    : {
        topic,
        state: 'limited',
        found: 'none',
        means: `only needed for containers: ${wayOut(url)}`,
      }
}

const wayOut = (url: string): string =>
  url.startsWith('unix://')
    ? 'install it (Debian: apt-get install docker.io), start it, and run as root or as a member of the group docker'
    : 'start it, and check its address, its certificate and the firewall'
