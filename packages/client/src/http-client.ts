/** What sends the requests, with hooks around it: used as the official client's `HTTPClient`. */

export type Fetcher = (input: Request) => Promise<Response>
export type BeforeRequestHook = (request: Request) => Request | void | Promise<Request | void>
export type RequestErrorHook = (error: unknown, request: Request) => void | Promise<void>
export type ResponseHook = (response: Response, request: Request) => void | Promise<void>

export interface HTTPClientOptions {
  /** Used in place of the global `fetch`. */
  fetcher?: Fetcher | undefined
}

interface Hooks {
  /** May change the request, or answer another one. */
  beforeRequest: BeforeRequestHook
  /** Sees why no answer came. */
  requestError: RequestErrorHook
  /** Sees each answer, also those that refuse. It must not read the body of what the caller is to get: a clone has it, too. */
  response: ResponseHook
}

export class HTTPClient {
  readonly #fetcher: Fetcher
  readonly #hooks: { [Name in keyof Hooks]: Hooks[Name][] } = {
    beforeRequest: [],
    requestError: [],
    response: [],
  }

  constructor({ fetcher = (request) => fetch(request) }: HTTPClientOptions = {}) {
    this.#fetcher = fetcher
  }

  async request(first: Request): Promise<Response> {
    let request = first
    for (const hook of this.#hooks.beforeRequest) request = (await hook(request)) ?? request
    try {
      const response = await this.#fetcher(request)
      for (const hook of this.#hooks.response) await hook(response, request)
      return response
    } catch (error) {
      for (const hook of this.#hooks.requestError) await hook(error, request)
      throw error
    }
  }

  /** Called in the order in which they were added. */
  addHook<Name extends keyof Hooks>(name: Name, hook: Hooks[Name]): this {
    this.#hooks[name].push(hook)
    return this
  }

  removeHook<Name extends keyof Hooks>(name: Name, hook: Hooks[Name]): this {
    const hooks: Hooks[Name][] = this.#hooks[name]
    const at = hooks.indexOf(hook)
    if (at >= 0) hooks.splice(at, 1)
    return this
  }

  /** With the same hooks, and its own list of them. */
  clone(): HTTPClient {
    const copy = new HTTPClient({ fetcher: this.#fetcher })
    for (const hook of this.#hooks.beforeRequest) copy.addHook('beforeRequest', hook)
    for (const hook of this.#hooks.requestError) copy.addHook('requestError', hook)
    for (const hook of this.#hooks.response) copy.addHook('response', hook)
    return copy
  }
}
