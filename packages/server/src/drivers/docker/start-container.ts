/** Makes and starts one container, at most once for each process. */
import { DriverError, type ImageArtifact, type ProcessSpec } from '../../domain/driver.ts'
import { takenPort } from '../linux/port-check.ts'
import { type ContainerOptions, containerBody, containerName } from './container-spec.ts'
import type { EngineClient } from './engine-client.ts'
import { hasStatus, isMissing } from './engine-error.ts'
import { type Inspected, instantOf, specIn } from './observe.ts'

export interface StartOptions extends ContainerOptions {
  readonly engine: EngineClient
  readonly signal: AbortSignal
}

/**
 * Its name is its process', so the engine makes no second one. One that is there and never started is left from a
 * start that was cut off or failed: it is made anew, because its ports may be others now.
 */
export async function startContainer(
  spec: ProcessSpec<ImageArtifact>,
  options: StartOptions,
): Promise<void> {
  const name = containerName(spec.processId)
  const isFree = options.network === 'host' ? assertFree(spec, options.engine) : undefined
  // Asked for while the engine is at work; without a container it matters no more.
  isFree?.catch(() => undefined)
  const containerId = await create(spec, options)
  if (containerId === undefined) return
  try {
    await isFree
    const path = `/containers/${containerId}/start`
    await options.engine.call({ method: 'POST', path, signal: options.signal })
  } catch (error) {
    // What never started must not keep the name, nor its ports.
    await removeUnstarted(options.engine, name).catch(() => undefined)
    throw error
  }
}

/** Nobody but the game itself would see a taken port on the network of this machine; of another one nothing is known. */
async function assertFree({ ports }: ProcessSpec, { url }: EngineClient): Promise<void> {
  const taken = url.startsWith('unix://') ? await takenPort(ports) : undefined
  if (taken === undefined) return
  throw new DriverError(`port ${taken.port} is taken by another program`, {
    ...{ temporary: true, portTaken: true },
  })
}

/** The id of a container that is to be started; undefined when it was started before. */
async function create(
  spec: ProcessSpec<ImageArtifact>,
  options: StartOptions,
): Promise<string | undefined> {
  const { engine, signal } = options
  const name = containerName(spec.processId)
  const body = containerBody(spec, options)
  const make = {
    method: 'POST',
    path: '/containers/create',
    query: { name },
    body,
    signal,
  } as const
  try {
    return (await engine.call<{ Id: string }>(make)).Id
  } catch (error) {
    if (isMissing(error)) throw noImage(spec, engine)
    if (!hasStatus(error, 409)) throw error
    if (await isStarted(spec, engine)) return undefined
    await removeUnstarted(engine, name)
    return (await engine.call<{ Id: string }>(make)).Id
  }
}

async function isStarted(spec: ProcessSpec, engine: EngineClient): Promise<boolean> {
  const path = `/containers/${containerName(spec.processId)}/json`
  const there = await engine.call<Inspected>({ method: 'GET', path })
  if (specIn(there, spec.installationId) === undefined) {
    throw new DriverError(`another container is named ${containerName(spec.processId)}`, {
      temporary: false,
    })
  }
  return instantOf(there.State.StartedAt) !== null
}

/** Without force: the engine refuses when it runs. */
async function removeUnstarted(engine: EngineClient, name: string): Promise<void> {
  await engine.call({ method: 'DELETE', path: `/containers/${name}`, query: { v: '1' } })
}

const noImage = ({ buildId }: ProcessSpec, { url }: EngineClient): DriverError =>
  new DriverError(
    `the image of build ${buildId} is not on the engine at ${url}: create another build`,
    { temporary: false },
  )
