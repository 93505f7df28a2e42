/** Ports: what a game server listens on, and where players reach it. */
import Type, { type Static } from 'typebox'
import { choice, portNumber } from './fields.ts'

export const transportTypes = ['tcp', 'udp', 'tls'] as const

export const TransportType = choice(
  'TransportType',
  transportTypes,
  'The protocol of a port. With `tls` the server speaks plain TCP behind an edge that ends TLS.',
)
export type TransportType = Static<typeof TransportType>

export const ContainerPort = Type.Object(
  {
    transportType: TransportType,
    port: Type.Integer({ ...portNumber, examples: [8000] }),
    name: Type.String({
      description:
        'Lower-case letters, digits and dashes; becomes `HATHORA_<NAME>_PORT` in the process.',
      pattern: '^[a-z][a-z0-9-]{0,99}$',
      examples: ['default'],
    }),
  },
  { title: 'ContainerPort', description: 'A port that the game server listens on.' },
)
export type ContainerPort = Static<typeof ContainerPort>

const exposedPortFields = {
  transportType: TransportType,
  port: Type.Integer({ description: 'The port to connect to.' }),
  host: Type.String({ description: 'The host name or address to connect to.' }),
  name: Type.String({ description: 'The name of the container port behind it.' }),
}

export const ExposedPort = Type.Object(exposedPortFields, {
  title: 'ExposedPort',
  description: 'Where players reach one of the ports of a process.',
})
export type ExposedPort = Static<typeof ExposedPort>

/** The same fields under the names that the published API gives them. */
export const defaultPortNamed = (title: string) =>
  Type.Object(exposedPortFields, {
    title,
    description: 'Where players reach the default port of a process.',
  })

export const ProcessV3ExposedPort = defaultPortNamed('ProcessV3ExposedPort')
export type ProcessV3ExposedPort = Static<typeof ProcessV3ExposedPort>
