/** The product in a process of its own, complete: authentication, validation, durable record, its own log. */
import { type Child, startChild } from './child.ts'

export interface ProductOptions {
  readonly data: string
  /** `local`: whatever its flags name, this machine where they name none. */
  readonly driver: 'fake' | 'local'
  /** Further flags of `hatchery serve`. */
  readonly flags?: readonly string[]
  /** Memory that the server holds on top of its own. */
  readonly ballastMb?: number
  /** Tells us what it records of processes; for `onProcessChange`. */
  readonly tellsChanges?: boolean
  readonly nodeFlags?: readonly string[]
}

export interface ProductAddress {
  readonly port: number
  readonly url: string
  readonly token: string
}

export type Product = Child<ProductAddress>

/** The longest time that its event loop stood still, in ms, without the time it waited for a core. */
export interface LoopFigures {
  readonly longestMs: number
  readonly longestWithWaitingMs: number
}

export const startProduct = ({ nodeFlags, ...argument }: ProductOptions): Promise<Product> =>
  startChild<ProductAddress>({
    entry: new URL('product-child.ts', import.meta.url),
    argument,
    ...(nodeFlags !== undefined && { nodeFlags }),
  })

/** A change of a process that the product recorded, by the monotonic clock that all processes share. */
export interface ProcessChange {
  readonly processId: string
  /** `process.running` and so on: the event of the log line. */
  readonly event: string
  readonly atMs: number
}

export function onProcessChange(product: Product, listener: (change: ProcessChange) => void): void {
  product.onMessage((message) => {
    const { changes = [] } = message as { changes?: readonly ProcessChange[] }
    for (const change of changes) listener(change)
  })
}

/** Milliseconds that all processes of the machine agree on. */
export const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6
