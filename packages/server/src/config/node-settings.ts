/** The settings of where games run: machines, and containers; a part of the schema. */
import Type from 'typebox'
import {
  enginePattern,
  nodePattern,
  regionNodePattern,
  spilloverPattern,
  warmPattern,
} from './nodes.ts'

const registryPattern = '^[A-Za-z0-9_.:[\\]-]{1,255}$'

export const nodeSettings = {
  nodes: Type.Array(Type.String({ pattern: nodePattern }), {
    default: [],
    allowed:
      'a list of names, each with any of ports=FROM-TO, cpu=CORES, memory-mb=MB, host=HOST, fleet=FLEET, ' +
      'docker=unix:///SOCKET, docker=tcp://HOST:PORT or docker=ssh://USER@HOST, and network=bridge or network=host behind it',
    fallback: 'one, local: this machine with `ports` and `capacity`',
    description:
      'Parts of this machine and Docker engines, with ports and capacity of their own, and for one fleet where they name it',
  }),
  regionNodes: Type.Array(Type.String({ pattern: regionNodePattern }), {
    default: [],
    allowed: 'a list of REGION=NODE',
    fallback: 'every node serves every region',
    description: 'Which nodes serve a region; several are tried in this order',
  }),
  spillover: Type.Array(Type.String({ pattern: spilloverPattern }), {
    default: [],
    allowed: 'a list of REGION>REGION',
    description: 'Where a region that is full hands on new processes and rooms, in this order',
  }),
  docker: Type.Boolean({
    default: false,
    description: 'Without `nodes`: runs games in containers of `containers.engine`',
  }),
  containers: Type.Object({
    engine: Type.String({
      pattern: enginePattern,
      allowed: 'unix:///SOCKET, tcp://HOST:PORT or ssh://USER@HOST',
      fallback: '`DOCKER_HOST`, the context of Docker’s client, else the first usual socket',
      description: 'The Docker engine that `docker` means',
    }),
    certificates: Type.Optional(
      Type.String({
        minLength: 1,
        path: true,
        allowed: 'a folder with ca.pem, cert.pem and key.pem',
        fallback: 'engines behind tcp:// are reached without TLS',
        description: 'Certificates for Docker engines behind tcp://',
      }),
    ),
    registry: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9_.:[\\]-]{1,255}(?:/[a-z0-9._-]{1,100}){1,5}$',
        allowed: 'HOST/NAME, with :PORT behind the host where it has one',
        fallback: 'the server passes images on from engine to engine',
        description: 'A registry that all engines reach: images go through it from one to another',
      }),
    ),
    registryLoginFile: Type.Optional(
      Type.String({
        minLength: 1,
        path: true,
        allowed: 'a file with USER:PASSWORD',
        fallback: 'the registry asks for none',
        description: 'Login of `containers.registry`',
      }),
    ),
    builder: Type.Unsafe<'buildkit' | 'classic'>({
      type: 'string',
      enum: ['buildkit', 'classic'],
      default: 'buildkit',
      description: 'What builds images: BuildKit where the engine has it, or its older builder',
    }),
    allowedRegistries: Type.Array(Type.String({ pattern: registryPattern }), {
      default: [],
      allowed: 'a list of hosts, with :PORT where callers write it',
      description: 'Registries that callers may name although they have no public address',
    }),
    buildNetwork: Type.String({
      default: 'default',
      pattern: '^(?:default|none)$',
      allowed: 'default or none',
      description: 'The network that RUN lines of a Dockerfile have while it is built',
    }),
    warmProcesses: Type.Array(Type.String({ pattern: warmPattern }), {
      default: [],
      allowed: 'a list of REGION=COUNT or REGION/APPLICATION=COUNT, by name or id',
      description:
        'Containers of its newest deployment that are kept started and paused for each application, or for one, in a region',
    }),
    unusedImageHours: Type.Integer({
      default: 24,
      minimum: 0,
      maximum: 876_000,
      unit: 'h',
      description:
        'How old an image must be to be removed when no build and no process needs it: its layers speed the next ones up',
    }),
    mostDiskPercent: Type.Integer({
      default: 85,
      minimum: 1,
      maximum: 100,
      unit: '%',
      description:
        'Use of the disk of an engine on this machine above which such images go at once, and cached layers of BuildKit',
    }),
    readOnlyRoot: Type.Boolean({
      default: false,
      description: 'Lets games in containers write to /tmp and their volumes only',
    }),
  }),
}
