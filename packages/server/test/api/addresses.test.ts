/** Names and addresses: which Host is served, and which one callers are sent to. */
import { describe, expect, test } from 'vitest'
import { exchange } from '../support/raw-http.ts'
import { startWithFakes } from '../support/start-with-fakes.ts'

const get = (path: string, headers: readonly string[]): string =>
  [`GET ${path} HTTP/1.1`, ...headers, 'Connection: close', '', ''].join('\r\n')

/** A build of two parts, asked for with these headers; where it is to be uploaded to. */
async function uploadUrls(
  { url, token }: { url: string; token: string },
  headers: Record<string, string> = {},
): Promise<string[]> {
  const body = JSON.stringify({ buildSizeInBytes: 1 })
  const lines = Object.entries({
    Host: new URL(url).host,
    Authorization: token,
    'Content-Type': 'application/json',
    'Content-Length': String(body.length),
    Connection: 'close',
    ...headers,
  }).map(([name, value]) => `${name}: ${value}`)
  const request = ['POST /builds/v3/builds HTTP/1.1', ...lines, '', body].join('\r\n')
  const answer = await exchange(url, request)
  const created = JSON.parse(answer.body) as {
    uploadParts: { putRequestUrl: string }[]
    completeUploadPostRequestUrl: string
  }
  const parts = created.uploadParts.map(({ putRequestUrl }) => putRequestUrl)
  return [...parts, created.completeUploadPostRequestUrl].map((address) =>
    address.replace(/\/hatchery\/v1\/uploads\/.*/, ''),
  )
}

describe('on loopback', () => {
  test('only names of this machine are served', async () => {
    const { url } = await startWithFakes()
    for (const host of ['localhost', 'localhost:1', '127.0.0.1', 'LOCALHOST', '[::1]:80']) {
      const answer = await exchange(url, get('/health', [`Host: ${host}`]))
      expect({ host, status: answer.status }).toEqual({ host, status: 200 })
    }
    for (const host of [
      'evil.example',
      'evil.example:4282',
      'localhost.evil.example',
      '10.0.0.1',
    ]) {
      const answer = await exchange(url, get('/health', [`Host: ${host}`]))
      expect({ host, status: answer.status }).toEqual({ host, status: 404 })
      expect(answer.body).toContain('add it to allowedHosts')
    }
  })

  test('further names are served where the settings have them', async () => {
    const { url } = await startWithFakes(
      '--allowed-hosts=games.test,other.test',
      '--public-url=https://API.test/hathora',
    )
    for (const host of ['games.test', 'other.test:80', 'api.test']) {
      const answer = await exchange(url, get('/health', [`Host: ${host}`]))
      expect(answer.status).toBe(200)
    }
    const answer = await exchange(url, get('/health', ['Host: third.test']))
    expect(answer.status).toBe(404)
  })
})

describe('upload URLs', () => {
  test('are where the caller reached the API', async () => {
    const hatchery = await startWithFakes('--allowed-hosts=games.test')
    expect(new Set(await uploadUrls(hatchery))).toEqual(new Set([hatchery.url]))
    const named = await uploadUrls(hatchery, { Host: 'games.test:8080' })
    expect(new Set(named)).toEqual(new Set(['http://games.test:8080']))
  })

  test('are below the public URL, with its base path', async () => {
    const hatchery = await startWithFakes('--public-url=https://play.example/hatchery')
    const urls = await uploadUrls(hatchery, { Host: 'localhost:1' })
    expect(new Set(urls)).toEqual(new Set(['https://play.example/hatchery']))
  })

  test('do not follow X-Forwarded headers of a stranger', async () => {
    const hatchery = await startWithFakes('--trust-proxy=10.0.0.1')
    const urls = await uploadUrls(hatchery, {
      'X-Forwarded-Host': 'evil.example',
      'X-Forwarded-Proto': 'https',
    })
    expect(new Set(urls)).toEqual(new Set([hatchery.url]))
  })

  test('follow X-Forwarded headers of a proxy that is trusted', async () => {
    const hatchery = await startWithFakes('--trust-proxy=127.0.0.1')
    const urls = await uploadUrls(hatchery, {
      'X-Forwarded-Host': 'play.example',
      'X-Forwarded-Proto': 'https',
    })
    expect(new Set(urls)).toEqual(new Set(['https://play.example']))
  })
})
