/** What stands beside the operations: health, Prometheus metrics, the OpenAPI document and its page. */
import { hash } from 'node:crypto'
import { Script } from 'node:vm'
import { type OpenApiDocument, openApiDocument, operations } from '@hatchery/contract'
import { expect, test } from 'vitest'
import { deployedApp } from '../support/deployed-app.ts'
import { untilStatus } from '../support/process-life.ts'
import { refusalIn } from '../support/refusal.ts'
import { startWithFakes } from '../support/start-with-fakes.ts'

test('/health says that all is well, to everybody', async () => {
  const { url } = await startWithFakes()
  const answer = await fetch(`${url}/health`)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toContain('application/json')
  expect(await answer.json()).toEqual({ status: 'ok', version: '0.0.0-test', problems: [] })
})

test('/metrics needs an admin token and counts requests and processes', async () => {
  const { url, token, client } = await startWithFakes()
  const { appId } = await deployedApp(client)
  await untilStatus(client, await client.processesV3.createProcess('Chicago', appId), 'running')
  expect(await refusalIn(await fetch(`${url}/metrics`))).toMatchObject({ status: 401 })

  const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toContain('text/plain')
  const lines = (await answer.text()).split('\n')
  expect(lines).toContain('hatchery_processes{status="running"} 1')
  expect(lines).toContain('hatchery_processes{status="stopping"} 0')
  expect(lines).toContain('hatchery_http_requests_total{method="GET",status="401"} 1')
  expect(lines.find((line) => line.startsWith('process_cpu_seconds_total'))).toBeDefined()
})

test('/openapi.json is the document of the contract', async () => {
  const { url } = await startWithFakes()
  const answer = await fetch(`${url}/openapi.json`)
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
  const expected: unknown = JSON.parse(JSON.stringify(openApiDocument({ version: '0.0.0-test' })))
  expect(await answer.json()).toEqual(expected)
})

test('/openapi.json holds together: what it refers to is there, and every path names its parameters', async () => {
  const { url } = await startWithFakes()
  const text = await (await fetch(`${url}/openapi.json`)).text()
  const document = JSON.parse(text) as OpenApiDocument
  for (const [, pointer = ''] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    const target = pointer
      .split('/')
      .reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], document)
    expect({ pointer, target }).toEqual({ pointer, target: expect.any(Object) })
  }
  const found = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.values(methods).map((operation) => ({ path, operation })),
  )
  const ids = found.map(({ operation }) => operation.operationId)
  expect(new Set(ids)).toEqual(new Set(Object.keys(operations)))
  expect(ids).toHaveLength(Object.keys(operations).length)
  for (const { path, operation } of found) {
    const declared = operation.parameters.filter((one) => one.in === 'path').map(({ name }) => name)
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    expect({ path, names: declared.toSorted() }).toEqual({ path, names: inPath.toSorted() })
  }
})

test('/invite runs one script of its own, talks to this server only, and is kept by nobody', async () => {
  const { url } = await startWithFakes()
  const answer = await fetch(`${url}/invite`)
  const page = await answer.text()
  const script = /<script>([^]*?)<\/script>/.exec(page)?.[1] ?? ''
  expect(() => new Script(script)).not.toThrow()
  const policy = answer.headers.get('content-security-policy') ?? ''
  expect(policy.split('; ')).toEqual(
    expect.arrayContaining([
      ...["default-src 'none'", "connect-src 'self'", "frame-ancestors 'none'"],
      `script-src 'sha256-${hash('sha256', script, 'base64')}'`,
    ]) as string[],
  )
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
  expect(page).not.toMatch(/innerHTML|https?:\/\//)
})

test('/docs is a page without scripts that names every operation', async () => {
  const { url } = await startWithFakes()
  const answer = await fetch(`${url}/docs`)
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  const page = await answer.text()
  expect(page).toContain('CreateProcess')
  expect(page).toContain('/processes/v3/apps/{appId}/processes/latest')
  expect(page).not.toContain('<script')
})
