/** The Docker engines that the settings name, in words; without any, whether the usual one is there. */
import type { Config } from '../../config.ts'
import { nodesIn, readPair } from '../../config/nodes.ts'
import { type EngineAbilities, engineAbilities } from '../../drivers/docker/engine-abilities.ts'
import { type Hindrance, hindranceOf } from '../../drivers/docker/engine-hindrance.ts'
import type { Finding } from './diagnose.ts'

export async function engineFindings(config: Config): Promise<Finding[]> {
  const named = enginesIn(config)
  if (named.length === 0) return await findingsOf(config, config.containers.engine, 'optional')
  return (await Promise.all(named.map((url) => findingsOf(config, url, 'needed')))).flat()
}

/** Addresses of the engines that nodes of the settings are. */
export const enginesIn = (config: Config): string[] => [
  ...new Set(nodesIn(config).flatMap(({ docker }) => docker ?? [])),
]

/** Why the first engine of the settings that cannot be used cannot; undefined when all answer, and where there is none. */
export async function engineHindrance(config: Config): Promise<Hindrance | undefined> {
  const { certificates } = config.containers
  for (const url of enginesIn(config)) {
    const hindrance = await engineAbilities({ url, certificates }).then(
      () => undefined,
      (error: unknown) => hindranceOf(url, error),
    )
    if (hindrance !== undefined) return hindrance
  }
  return undefined
}

async function findingsOf(
  config: Config,
  url: string,
  need: 'needed' | 'optional',
): Promise<Finding[]> {
  try {
    const abilities = await engineAbilities({ url, certificates: config.containers.certificates })
    return [
      answering(config, url, abilities),
      ...[restarts, limits, users, storage].map((findingOf) => findingOf(abilities)),
      builds(abilities, config),
      disk(abilities, config),
    ]
  } catch (error) {
    return [silent(url, hindranceOf(url, error), need)]
  }
}

const topicOf = (url: string): string => `Docker engine at ${url}`

function answering(config: Config, url: string, { engine, api }: EngineAbilities): Finding {
  const topic = topicOf(url)
  const found = `version ${engine}, API ${api}`
  const regions = regionsOf(config, url)
  const means =
    regions.length === 0
      ? 'games can run in its containers: hatchery up --docker'
      : `games of ${regions.join(', ')} run in its containers`
  return { topic, state: 'yes', found, means }
}

/** The regions that the engine serves; all are one word. */
function regionsOf(config: Config, url: string): string[] {
  const names = nodesIn(config).flatMap(({ docker, name }) => (docker === url ? [name] : []))
  if (names.length === 0) return []
  const pairs = config.regionNodes.map(readPair)
  const served = config.regions.filter((region) => {
    const nodes = pairs.flatMap(([of, node]) => (of === region ? [node] : []))
    return nodes.length === 0 || names.some((name) => nodes.includes(name))
  })
  return served.length === config.regions.length ? ['every region'] : served
}

function restarts({ liveRestore }: EngineAbilities): Finding {
  const topic = 'when the Docker engine is restarted'
  return liveRestore
    ? { topic, state: 'yes', found: 'live-restore is on', means: 'games go on' }
    : {
        ...{ topic, state: 'limited', found: 'live-restore is off' },
        means: 'games end with it: set "live-restore": true in /etc/docker/daemon.json',
      }
}

function limits({ missingLimits, cgroups }: EngineAbilities): Finding {
  const topic = 'limits of containers'
  const version = cgroups === '' ? 'no cgroups' : `cgroups version ${cgroups}`
  return missingLimits.length === 0
    ? { topic, state: 'yes', found: version, means: 'a game gets what its deployment requests' }
    : {
        ...{
          topic,
          state: 'limited',
          found: `${version}, no limit of ${missingLimits.join(', ')}`,
        },
        means: 'a game can take what others need: have its kernel count these',
      }
}

function users({ remapsUsers, isRootless }: EngineAbilities): Finding {
  const topic = 'users of containers'
  if (isRootless)
    return {
      ...{ topic, state: 'limited', found: 'the engine runs without root' },
      means: 'root in a container is nobody outside; its networks are slower',
    }
  return remapsUsers
    ? {
        ...{ topic, state: 'yes', found: 'user namespaces are on' },
        means: 'root in a container is nobody outside',
      }
    : {
        ...{ topic, state: 'limited', found: 'no user namespaces' },
        means:
          'root in a container is root outside, without any capability: give images a USER, or set "userns-remap": "default" in /etc/docker/daemon.json',
      }
}

/** The drivers that copy an image for each container, or loop a file. */
const slowStorage: ReadonlySet<string> = new Set(['vfs', 'devicemapper', 'aufs'])

function storage({ storage: name }: EngineAbilities): Finding {
  const topic = 'storage of containers'
  return slowStorage.has(name)
    ? {
        ...{ topic, state: 'limited', found: name },
        means: 'starts take long, and disk: use overlay2',
      }
    : { topic, state: 'yes', found: name, means: 'containers of one image share its files' }
}

function builds({ hasBuildKit }: EngineAbilities, { containers }: Config): Finding {
  const topic = 'builder of images'
  if (containers.builder === 'classic')
    return {
      ...{ topic, state: 'yes', found: 'the classic one, as containers.builder says' },
      means: 'images are built there from a Dockerfile',
    }
  return hasBuildKit
    ? { topic, state: 'yes', found: 'BuildKit', means: 'images are built there from a Dockerfile' }
    : {
        ...{ topic, state: 'limited', found: 'no BuildKit' },
        means: 'images are built by the classic builder, without what only BuildKit knows',
      }
}

function disk({ disk: { folder, freeMb } }: EngineAbilities, config: Config): Finding {
  const topic = 'disk of images'
  if (freeMb === null)
    return {
      ...{ topic, state: 'yes', found: `${folder}, which cannot be looked at from here` },
      means: 'look at its machine for what is free',
    }
  const found = `${freeMb} MB free in ${folder}`
  return freeMb < config.disk.minFreeMb
    ? { topic, state: 'limited', found, means: 'builds and starts may fail: docker system prune' }
    : { topic, state: 'yes', found, means: 'images and containers have room' }
}

function silent(url: string, { found, command }: Hindrance, need: 'needed' | 'optional'): Finding {
  const topic = topicOf(url)
  const wayOut =
    command ?? 'see that it runs, and look at its address, its certificate and the firewall'
  return need === 'needed'
    ? { topic, state: 'no', found, means: `no game can be started there: ${wayOut}` }
    : { topic, state: 'limited', found, means: `only needed for containers: ${wayOut}` }
}
