/** What stands beside the operations: health, Prometheus metrics, the OpenAPI document and a page to read it, and the page of invites. */
import { openApiDocument } from '@hatchery/contract'
import type { FastifyInstance } from 'fastify'
import { authenticate } from '../auth.ts'
import type { Services } from '../context.ts'
import type { RateLimits } from '../rate-limits.ts'
import { docsPage } from './docs-page.ts'
import { invitePage, invitePageHeaders } from './invite-page.ts'
import { type RequestMeter, createPrometheus } from './prometheus.ts'

export interface PagesOptions {
  readonly services: Services
  readonly rateLimits: RateLimits
  readonly version: string
  /** Whether all is well, with the reason where it is not. */
  readonly health: () => { ok: boolean; problems: readonly string[] }
}

/** Answers the meter that counts requests. */
export function addPages(
  app: FastifyInstance,
  { services, rateLimits, version, health }: PagesOptions,
): RequestMeter {
  const prometheus = createPrometheus(services.store)
  let document: string | undefined
  let page: string | undefined
  const openApi = (): string => (document ??= JSON.stringify(openApiDocument({ version })))

  app.get('/health', async (_request, reply) => {
    const { ok, problems } = health()
    reply.code(ok ? 200 : 503)
    return { status: ok ? 'ok' : 'failing', version, problems }
  })
  app.get('/metrics', { config: { takesToken: true } }, async (request, reply) => {
    await rateLimits.login(request, () =>
      authenticate(services, request.headers.authorization, { access: 'operator' }),
    )
    reply.header('content-type', prometheus.contentType)
    return await prometheus.text()
  })
  app.get('/openapi.json', async (_request, reply) => {
    reply.header('content-type', 'application/json; charset=utf-8')
    return openApi()
  })
  app.get('/docs', async (_request, reply) => {
    reply.header('content-type', 'text/html; charset=utf-8')
    reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
    return (page ??= docsPage(version))
  })
  app.get('/invite', async (_request, reply) => {
    reply.headers(invitePageHeaders)
    return invitePage
  })
  return prometheus.meter
}
