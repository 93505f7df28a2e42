/** Fastify as one would write it who has nothing to look up: a constant, or ten processes through a response schema. */
import fastify from 'fastify'
import { answer, argumentOf, serveQuestions } from '../lib/child-side.ts'

export interface FastifyOptions {
  readonly sends: 'constant' | 'ten processes'
}

const nullableText = { type: 'string', nullable: true }
const text = { type: 'string' }
const integer = { type: 'integer' }

const port = {
  type: 'object',
  nullable: true,
  properties: { transportType: text, port: integer, host: text, name: text },
}

const processSchema = {
  type: 'object',
  properties: {
    ...{ status: text, roomsAllocated: integer, roomsPerProcess: integer, region: text },
    ...{ processId: text, deploymentId: text, appId: text, createdAt: text },
    ...{ terminatedAt: nullableText, stoppingAt: nullableText, startedAt: nullableText },
    ...{ bootedAt: nullableText, scheduledAt: nullableText, summaryExitReason: nullableText },
    ...{ exposedPort: port, additionalExposedPorts: { type: 'array', items: port } },
  },
}

const at = (i: number): string => new Date(1.76e12 + i).toISOString()

const tenProcesses = Array.from({ length: 10 }, (_, i) => ({
  ...{ status: 'stopped', roomsAllocated: 0, roomsPerProcess: 3, region: 'Seattle' },
  processId: `cbfcddd2-0006-43ae-996c-995fff7bed2${i}`,
  deploymentId: 'dep-6d4c6a71-2d75-4b42-94e1-f312f57f33c5',
  appId: 'app-af469a92-5b45-4565-b3c4-b79878de67d2',
  ...{ createdAt: at(0), scheduledAt: at(1), bootedAt: at(2), startedAt: at(3) },
  ...{ stoppingAt: at(4), terminatedAt: at(5), summaryExitReason: 'stopped on request' },
  exposedPort: { transportType: 'tcp', port: 20_000 + i, host: '127.0.0.1', name: 'default' },
  additionalExposedPorts: [],
}))

const { sends } = argumentOf<FastifyOptions>()
const app = fastify()
if (sends === 'constant') app.get('/', () => ({ count: 100_000 }))
else {
  const schema = { response: { 200: { type: 'array', items: processSchema } } }
  app.get('/', { schema }, () => tenProcesses)
}
await app.listen({ port: 0, host: '127.0.0.1' })
serveQuestions({})
answer({ port: (app.server.address() as { port: number }).port })
