/** A program of its own around a local driver, spoken to over its channel: so that a test can kill a whole server, or have one that is not root. */
import { createLocalDriver } from '../../../src/drivers/local/index.ts'
import { optionsFor } from './local-place.ts'

export type HostCall = 'start' | 'signal' | 'observe' | 'list' | 'remove' | 'close' | 'capabilities'

export interface HostRequest {
  readonly number: number
  readonly call: HostCall
  readonly args: readonly unknown[]
}

export type HostMessage =
  | { readonly number: number; readonly value?: unknown }
  | {
      readonly number: number
      readonly error: { message: string; temporary: boolean; portTaken: boolean }
    }
  | { readonly changed: string }

const [dataFolder = '', installationId = '', shareUser = ''] = process.argv.slice(2)
const driver = createLocalDriver(
  optionsFor(dataFolder, { installationId, shareUser: shareUser === 'true' }),
)
const send = (message: HostMessage): void => void process.send?.(message)
driver.watch((changed) => send({ changed }))

async function call({ call: name, args }: HostRequest): Promise<unknown> {
  if (name === 'start') return driver.start(args[0] as never, new AbortController().signal)
  // The other end is typed as a driver; its arguments arrive as it gave them.
  const method = driver[name] as (...given: unknown[]) => Promise<unknown>
  return method(...args)
}

process.on('message', (request: HostRequest) => {
  call(request).then(
    (value) => send({ number: request.number, value }),
    (error: { message: string; temporary: boolean; portTaken: boolean }) =>
      send({
        number: request.number,
        error: { message: error.message, temporary: error.temporary, portTaken: error.portTaken },
      }),
  )
})
