/**
 * The floor of a durable write behind HTTP in one Node process: read the body, insert a row as wide as a process, commit,
 * answer. `group` puts all requests of one turn of the event loop into one commit, `each` gives each its own.
 */
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

export interface CreateFloorOptions {
  readonly folder: string
  readonly commits: 'group' | 'each'
}

/** Calls back after each answer. */
export async function openCreateFloor({
  folder,
  commits,
  onCreated = () => {},
}: CreateFloorOptions & { onCreated?: (id: string) => void }): Promise<{ port: number }> {
  const db = openDatabase(join(folder, `floor-${commits}.db`))
  const write = commits === 'group' ? grouped(db) : each(db)
  const server = createServer((request, response) => {
    withBody(request, (body) => {
      const record = newRecord(body)
      write(record, () => {
        send(response, record.body)
        onCreated(record.id)
      })
    })
  })
  server.keepAliveTimeout = 0 // a connection waits while the other contenders have their turn
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port }
}

interface Record {
  readonly id: string
  readonly now: number
  readonly body: string
}

/** Plain callbacks: a floor pays for no promise. */
type Write = (record: Record, done: () => void) => void

function openDatabase(file: string): DatabaseSync {
  const db = new DatabaseSync(file)
  db.exec(`
    pragma locking_mode = exclusive;
    pragma journal_mode = wal;
    pragma synchronous = full;
    create table processes (id text primary key, app text, status text, created integer, body text);
    create index by_app on processes (app, created desc);
    create index by_status on processes (app, status, created desc)`)
  return db
}

const inserter = (db: DatabaseSync) => {
  const insert = db.prepare("insert into processes values (?, 'app', 'starting', ?, ?)")
  return ({ id, now, body }: Record): void => void insert.run(id, now, body)
}

function each(db: DatabaseSync): Write {
  const insert = inserter(db)
  return (record, done) => {
    insert(record)
    done()
  }
}

function grouped(db: DatabaseSync): Write {
  const insert = inserter(db)
  let waiting: { record: Record; done: () => void }[] = []
  const flush = (): void => {
    const batch = waiting
    waiting = []
    db.exec('begin immediate')
    for (const { record } of batch) insert(record)
    db.exec('commit')
    for (const { done } of batch) done()
  }
  return (record, done) => {
    if (waiting.push({ record, done }) === 1) setImmediate(flush)
  }
}

function withBody(request: IncomingMessage, use: (body: string) => void): void {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => use(Buffer.concat(chunks).toString()))
}

function newRecord(request: string): Record {
  const { region } = JSON.parse(request) as { region: string }
  const id = randomUUID()
  const now = Date.now()
  return { id, now, body: recordText(id, region, now) }
}

const recordText = (processId: string, region: string, now: number): string =>
  JSON.stringify({
    ...{ processId, status: 'starting', region, appId: 'app', deploymentId: 'dep' },
    ...{ createdAt: new Date(now).toISOString(), roomsPerProcess: 3, roomsAllocated: 0 },
    ...{ exposedPort: null, additionalExposedPorts: [], scheduledAt: null, bootedAt: null },
    ...{ startedAt: null, stoppingAt: null, terminatedAt: null },
  })

function send(response: ServerResponse, body: string): void {
  response.writeHead(201, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  })
  response.end(body)
}
