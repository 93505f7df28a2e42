/** The drivers behind the nodes: one for this machine, one for each Docker engine and way to connect containers. */
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { type NodeSettings, nodesIn } from '../config/nodes.ts'
import type { Builder, Driver } from '../domain/driver.ts'
import type { Log } from '../domain/log.ts'
import { type DockerBuilderOptions, createDockerBuilder } from '../drivers/docker/builder.ts'
import { type EngineClient, createEngineClient } from '../drivers/docker/engine-client.ts'
import { type CopyImage, copyDirectly, copyThrough } from '../drivers/docker/image-copy.ts'
import { createDockerDriver } from '../drivers/docker/index.ts'
import type { DataFolder } from './data-folder.ts'
import { localDriver } from './local-driver.ts'

export interface DriverParts {
  readonly folder: DataFolder
  readonly config: Config
  readonly log: Log
  readonly installationId: string
  readonly launcherEntry: string | undefined
}

export interface Drivers {
  /** The same one for nodes that share it. */
  of(node: NodeSettings): Driver
  close(): Promise<void>
}

export function createDrivers(parts: DriverParts): Drivers {
  const drivers = new Map<string, Driver>()
  const engines = new Map<string, EngineClient>()
  const builders = new Map<string, Builder>()

  function engineAt(url: string): EngineClient {
    const { certificates } = parts.config.containers
    const engine = engines.get(url) ?? createEngineClient({ url, certificates })
    engines.set(url, engine)
    return engine
  }

  const urls = new Set(nodesIn(parts.config).map(({ docker }) => docker))
  const knownEngine = (url: string): EngineClient | undefined =>
    urls.has(url) ? engineAt(url) : undefined

  /** One for all drivers of an engine. */
  function builderAt(url: string): Builder {
    const made = builders.get(url) ?? createDockerBuilder(builderOptions(url))
    builders.set(url, made)
    return made
  }

  function builderOptions(url: string): DockerBuilderOptions {
    const { installationId, config } = parts
    const { buildNetwork: network, builder, unusedImageHours, mostDiskPercent } = config.containers
    const keeping = { unusedImageMs: unusedImageHours * 3_600_000, mostDiskPercent }
    return { engine: engineAt(url), installationId, network, builder, keeping }
  }

  const open = ({ docker, network, name }: NodeSettings): Driver & { builder: Builder } =>
    docker === undefined
      ? localDriver({ ...parts, nodeId: name })
      : {
          ...createDockerDriver({
            ...{ engine: engineAt(docker), network, log: parts.log },
            installationId: parts.installationId,
            folder: parts.folder.containers,
            engineAt: knownEngine,
            copyImage: copyImageWith(parts.config),
            readOnlyRoot: parts.config.containers.readOnlyRoot,
            logFileOf: (processId) => join(parts.folder.logs, `${processId}.log`),
          }),
          builder: builderAt(docker),
        }

  return {
    of(node) {
      const key = node.docker === undefined ? 'local' : `${node.docker} ${node.network}`
      const driver = drivers.get(key) ?? open(node)
      drivers.set(key, driver)
      return driver
    },
    async close() {
      await Promise.all([...drivers.values()].map((driver) => driver.close()))
      for (const engine of engines.values()) engine.close()
    },
  }
}

const copyImageWith = ({ containers: { registry, registryLoginFile } }: Config): CopyImage =>
  registry === undefined
    ? copyDirectly
    : copyThrough({ repository: registry, loginFile: registryLoginFile })
