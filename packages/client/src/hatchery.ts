/** The client: a group of methods per tag of the API, with the official client's names and arguments. */
import { AppsV2 } from './generated/apps-v2.ts'
import { BuildsV3 } from './generated/builds-v3.ts'
import { DeploymentsV3 } from './generated/deployments-v3.ts'
import { DiscoveryV2 } from './generated/discovery-v2.ts'
import { HatcheryV1 } from './generated/hatchery-v1.ts'
import { LogsV1 } from './generated/logs-v1.ts'
import { ProcessesV3 } from './generated/processes-v3.ts'
import type { HatcheryOptions, RequestOptions } from './options.ts'
import type { QueryValue } from './request.ts'
import { type Sender, createSender } from './sender.ts'

export interface RawRequestOptions extends RequestOptions {
  query?: Readonly<Record<string, QueryValue>> | undefined
  /** Sent as JSON. */
  body?: unknown
}

/** A client of one server. It holds no connection and needs no closing. */
export class Hatchery {
  readonly #sender: Sender
  readonly processesV3: ProcessesV3
  readonly appsV2: AppsV2
  readonly buildsV3: BuildsV3
  readonly deploymentsV3: DeploymentsV3
  readonly logsV1: LogsV1
  readonly discoveryV2: DiscoveryV2
  /** Hatchery's own operations, which the official client does not have. */
  readonly hatchery: HatcheryV1

  constructor(options: HatcheryOptions) {
    const sender = createSender({ ...options })
    this.#sender = sender
    this.processesV3 = new ProcessesV3(sender)
    this.appsV2 = new AppsV2(sender)
    this.buildsV3 = new BuildsV3(sender)
    this.deploymentsV3 = new DeploymentsV3(sender)
    this.logsV1 = new LogsV1(sender)
    this.discoveryV2 = new DiscoveryV2(sender)
    this.hatchery = new HatcheryV1(sender)
  }

  /**
   * Calls what has no method here, with the client's token. `path` begins with `/` and is sent as it is,
   * below the base path; values in it must be percent-encoded. The answer is handed on unread; a status
   * that is not 2xx rejects with an ApiError.
   */
  request(method: string, path: `/${string}`, options: RawRequestOptions = {}): Promise<Response> {
    const { query, body, ...others } = options
    const operation = `${method} ${path.split('?')[0]}`
    return this.#sender.raw({ operation, method, path, ...(query && { query }), body }, others)
  }
}
