/** What a handler gets beside its input. Getters: what costs something is made only for the handlers that ask. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Auth } from './auth.ts'
import type { Context, Services } from './context.ts'
import type { PlayerAuth } from './player-auth.ts'

export interface ContextOptions {
  readonly services: Services
  /** Scheme, host and base path; null: as the request says. */
  readonly publicUrl: string | null
  /** Aborts when the server stops: streams end then. */
  readonly closing: AbortSignal
}

export class RequestContext implements Context {
  readonly services: Services
  readonly auth: Auth | PlayerAuth | undefined
  readonly #options: ContextOptions
  readonly #request: FastifyRequest
  readonly #reply: FastifyReply

  constructor(
    options: ContextOptions,
    auth: Auth | PlayerAuth | undefined,
    { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  ) {
    this.services = options.services
    this.auth = auth
    this.#options = options
    this.#request = request
    this.#reply = reply
  }

  get baseUrl(): string {
    return this.#options.publicUrl ?? `${this.#request.protocol}://${this.#request.host}`
  }

  get ip(): string {
    return this.#request.ip
  }

  get signal(): AbortSignal {
    const gone = new AbortController()
    this.#reply.raw.once('close', () => gone.abort())
    return AbortSignal.any([gone.signal, this.#options.closing])
  }

  header(name: string): string | undefined {
    const value = this.#request.headers[name.toLowerCase()]
    return Array.isArray(value) ? value[0] : value
  }

  setHeader(name: string, value: string): void {
    this.#reply.header(name, value)
  }

  cut(): void {
    this.#reply.raw.destroy()
  }
}
