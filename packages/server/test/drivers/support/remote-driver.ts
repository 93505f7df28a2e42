/** A local driver in another program, as a driver of this one. */
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { join } from 'node:path'
import { type Driver, DriverError } from '../../../src/domain/driver.ts'
import type { Capabilities } from '../../../src/drivers/local/capabilities.ts'
import type { HostCall, HostMessage } from './driver-host.ts'

export interface RemoteDriver extends Driver {
  readonly pid: number
  capabilities(): Promise<Capabilities>
  /** Ends the program around it as a crash does. */
  crash(): Promise<void>
}

export interface RemoteOptions {
  readonly dataFolder: string
  /** Who runs it; as we are when left out. */
  readonly uid?: number
  readonly shareUser?: boolean
  readonly installationId?: string
}

export function remoteDriver(options: RemoteOptions): RemoteDriver {
  const child = open(options)
  const waiting = new Map<number, (message: HostMessage) => void>()
  const watchers = new Set<(processId: string) => void>()
  let count = 0
  child.on('message', (message: HostMessage) => {
    if ('changed' in message) for (const onChange of watchers) onChange(message.changed)
    else waiting.get(message.number)?.(message)
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))

  const ask = <T>(call: HostCall, ...args: readonly unknown[]): Promise<T> => {
    count += 1
    const number = count
    return new Promise<T>((resolve, reject) => {
      waiting.set(number, (message) => {
        waiting.delete(number)
        if ('error' in message) reject(new DriverError(message.error.message, message.error))
        else resolve((message as { value?: T }).value as T)
      })
      void ended.then(() => reject(new DriverError('the program ended', { temporary: true })))
      if (child.connected) child.send({ number, call, args }, () => {})
    })
  }

  return {
    name: 'local',
    leasesPorts: true,
    bindsLeasedPort: true,
    startsFrom: 'Procfile',
    canStart: ({ kind }) => kind === 'folder',
    pid: child.pid ?? 0,
    start: (spec) => ask('start', spec),
    signal: (processId, kind) => ask('signal', processId, kind),
    observe: (processId) => ask('observe', processId),
    list: () => ask('list'),
    remove: (processId) => ask('remove', processId),
    watch: (onChange) => {
      watchers.add(onChange)
    },
    capabilities: () => ask('capabilities'),
    close: async () => {
      await ask('close').catch(() => undefined)
      if (child.connected) child.disconnect()
      await ended
    },
    crash: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

const entry = join(import.meta.dirname, 'driver-host.ts')

function open(options: RemoteOptions): ChildProcess {
  const { dataFolder, uid, shareUser = true, installationId = 'installation-1' } = options
  const args = [dataFolder, installationId, String(shareUser)]
  if (uid === undefined) {
    return fork(entry, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  }
  const drop = ['--reuid', String(uid), '--regid', String(uid), '--clear-groups']
  return spawn('setpriv', [...drop, process.execPath, entry, ...args], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { PATH: '/usr/bin:/bin' },
  })
}
