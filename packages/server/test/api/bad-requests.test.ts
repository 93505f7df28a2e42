/** Requests that no HTTP client would send: each gets an answer in our form, and the server goes on. */
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { deployedApp } from '../support/deployed-app.ts'
import { type RawAnswer, exchange } from '../support/raw-http.ts'
import { type FakeHatchery, startWithFakes } from '../support/start-with-fakes.ts'

type Server = Pick<FakeHatchery, 'url' | 'token'>

/** The lines of a request with Host and token; the connection ends with its answer. */
const request = ({ url, token }: Server, first: string, ...headers: string[]): string =>
  [
    `${first} HTTP/1.1`,
    `Host: ${new URL(url).host}`,
    `Authorization: Bearer ${token}`,
    'Connection: close',
    ...headers,
    '',
    '',
  ].join('\r\n')

/** Every refusal is JSON with a message. */
function expectOurForm({ headers, body }: RawAnswer): void {
  expect(headers.get('content-type')).toMatch(/^application\/json/)
  expect(JSON.parse(body)).toEqual({ message: expect.any(String) })
}

async function expectAlive({ url, token }: Server): Promise<void> {
  const answer = await fetch(`${url}/apps/v2/apps`, { headers: { authorization: token } })
  expect(answer.status).toBe(200)
  await answer.arrayBuffer()
}

const broken: [string, (server: Server) => string][] = [
  ['words that are no HTTP', () => 'hello there\r\n\r\n'],
  ['a method that is not one', (server) => request(server, 'FETCH /apps/v2/apps')],
  ['a version that is not one', () => 'GET /apps/v2/apps HTTP/9.9\r\n\r\n'],
  ['a header without a colon', (server) => request(server, 'GET /apps/v2/apps', 'nonsense')],
  ['a header with a blank in its name', (server) => request(server, 'GET /apps/v2/apps', 'a b: c')],
  ['a zero byte in a header', (server) => request(server, 'GET /apps/v2/apps', 'a: b\0c')],
  [
    'a length that is no number',
    (server) => request(server, 'POST /apps/v2/apps', 'Content-Length: ten'),
  ],
  ['a negative length', (server) => request(server, 'POST /apps/v2/apps', 'Content-Length: -1')],
  [
    'two lengths',
    (server) => request(server, 'POST /apps/v2/apps', 'Content-Length: 1', 'Content-Length: 2'),
  ],
  [
    'a length and chunks',
    (server) =>
      `${request(server, 'POST /apps/v2/apps', 'Content-Length: 3', 'Transfer-Encoding: chunked')}0\r\n\r\n`,
  ],
  [
    'chunks of no length',
    (server) =>
      `${request(server, 'POST /apps/v2/apps', 'Content-Type: application/json', 'Transfer-Encoding: chunked')}zz\r\n{}\r\n0\r\n\r\n`,
  ],
  ['TLS', () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
]

test.for(broken)('%s is refused with 400', async ([, bytes]) => {
  const server = await startWithFakes()
  const answer = await exchange(server.url, bytes(server))
  expect(answer.status).toBe(400)
  expectOurForm(answer)
  await expectAlive(server)
})

test('headers of more than 16 KB are 431', async () => {
  const server = await startWithFakes()
  for (const bytes of [
    request(server, 'GET /apps/v2/apps', `X-Long: ${'x'.repeat(20_000)}`),
    request(server, `GET /apps/v2/apps/${'x'.repeat(20_000)}`),
    request(server, 'GET /apps/v2/apps', ...Array<string>(2000).fill('X-Many: 1234567890')),
  ]) {
    const answer = await exchange(server.url, bytes)
    expect(answer.status).toBe(431)
    expectOurForm(answer)
  }
  await expectAlive(server)
})

const oddPaths: [string, number][] = [
  ['/apps/v2/apps/%zz', 404],
  ['/apps/v2/apps/%', 404],
  ['/apps/v2/apps/%c3%28', 404],
  ['/apps/v2/apps/%00', 404],
  ['/%zz', 404],
  ['//apps/v2/apps', 404],
  ['/apps/v2/../../etc/passwd', 404],
  ['/apps/v2/apps/..%2f..%2ftoken', 404],
  ['/APPS/V2/APPS', 404],
  ['*', 404],
  ['/apps/v2/apps?%zz=%zz&%', 200],
  ['/apps/v2/apps?', 200],
]

test.for(oddPaths)('GET %s is answered with %d', async ([path, status]) => {
  const server = await startWithFakes()
  const answer = await exchange(server.url, request(server, `GET ${path}`))
  expect({ path, status: answer.status, body: answer.body }).toMatchObject({ path, status })
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
  await expectAlive(server)
})

test('a whole address in place of the path is answered', async () => {
  const server = await startWithFakes()
  const answer = await exchange(server.url, request(server, `GET ${server.url}/apps/v2/apps`))
  expect([200, 404]).toContain(answer.status)
})

test('HTTP/1.0 is answered', async () => {
  const { url, token } = await startWithFakes()
  const answer = await exchange(
    url,
    `GET /apps/v2/apps HTTP/1.0\r\nAuthorization: ${token}\r\n\r\n`,
  )
  expect(answer.status).toBe(200)
})

test('a request that offers HTTP/2, as some clients always do, is answered as what it is', async () => {
  const server = await startWithFakes()
  const offer = ['Upgrade: h2c', 'HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA']
  const offering = (first: string, ...headers: string[]): string =>
    request(server, first, ...offer, ...headers).replace(
      'Connection: close',
      'Connection: Upgrade, HTTP2-Settings, close',
    )
  const listed = await exchange(server.url, offering('GET /apps/v2/apps'))
  expect(listed).toMatchObject({ status: 200, body: '{"applications":[]}' })
  const body = '{"appName":"arena","authConfiguration":{}}'
  const headers = ['Content-Type: application/json', `Content-Length: ${body.length}`]
  const made = await exchange(server.url, offering('POST /apps/v2/apps', ...headers) + body)
  expect(made.status).toBe(201)
})

test('a WebSocket that is asked for where there is none is answered like any other request', async () => {
  const server = await startWithFakes()
  for (const [path, status] of [
    ['/apps/v2/apps', 200],
    ['/nothing', 404],
    ['/ws/x', 404],
  ] as const) {
    const upgrade = [
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${'a'.repeat(22)}==`,
    ]
    const bytes = request(server, `GET ${path}`, ...upgrade)
    const answer = await exchange(server.url, bytes.replace('close', 'Upgrade, close'))
    expect({ path, status: answer.status }).toEqual({ path, status })
  }
})

test('a client that waits for leave to send its body gets it', async () => {
  const server = await startWithFakes()
  const body = '{"appName":"arena","authConfiguration":{}}'
  const answer = await exchange(
    server.url,
    request(
      server,
      'POST /apps/v2/apps',
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
      'Expect: 100-continue',
    ),
    body,
  )
  expect(answer.status).toBe(100)
  expect(answer.body).toContain('HTTP/1.1 201')
})

test('a refusal comes before the body is sent, and the connection ends when no more comes', async () => {
  const server = await startWithFakes()
  const { host } = new URL(server.url)
  const answer = await exchange(
    server.url,
    `POST /apps/v2/apps HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: 900000\r\n\r\n{"app`,
  )
  expect(answer.status).toBe(401)
  expectOurForm(answer)
  const large = await exchange(
    server.url,
    request(
      server,
      'POST /apps/v2/apps',
      'Content-Type: application/json',
      'Content-Length: 5000000000',
    ).replace('Connection: close\r\n', ''),
  )
  expect(large.status).toBe(422)
  expectOurForm(large)
})

test('a caller who leaves in the middle of a body changes nothing', async () => {
  const server = await startWithFakes()
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  socket.write(
    request(server, 'POST /apps/v2/apps', 'Content-Type: application/json', 'Content-Length: 42'),
  )
  await new Promise((resolve) => socket.write('{"appName":"arena"', resolve))
  socket.destroy()
  await expectAlive(server)
  expect((await server.client.appsV2.getApps()).applications).toEqual([])
})

test('requests one after the other on a connection, sent all at once, are answered in order', async () => {
  const server = await startWithFakes()
  const { appId } = await deployedApp(server.client)
  const keep = (first: string): string =>
    request(server, first).replace('Connection: close\r\n', '')
  const answer = await exchange(
    server.url,
    keep('GET /health') + keep(`GET /apps/v2/apps/${appId}`) + request(server, 'GET /nothing'),
  )
  const statuses = [...answer.body.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)
  expect([answer.status, ...statuses.map(Number)]).toEqual([200, 200, 404])
})
