/** Machines and regions as the settings write them: texts of a few words, so that flags and variables can have them too. */
import type { Settings } from './schema.ts'

/** A part of this machine, or a Docker engine anywhere, with ports and capacity of its own. */
export interface NodeSettings {
  readonly name: string
  /** Address of the Docker engine that runs its games in containers; undefined: they are processes of this machine. */
  readonly docker: string | undefined
  readonly network: 'bridge' | 'host'
  readonly host: string | undefined
  readonly ports: { readonly from: number; readonly to: number }
  readonly cpu: number | undefined
  readonly memoryMb: number | undefined
  /** By name or id. */
  readonly fleet: string | undefined
}

const name = '[A-Za-z0-9_-]{1,64}'
const socket = '(?:/[A-Za-z0-9_.-]{1,255}){1,20}'
const host = '[A-Za-z0-9_.:[\\]-]{1,255}'
const engine = `unix://${socket}|tcp://${host}|ssh://(?:[A-Za-z0-9_.-]{1,64}@)?${host}(?:${socket})?`
const words = [
  ...['ports=[0-9]{4,5}-[0-9]{4,5}', 'cpu=[0-9]{1,6}', 'memory-mb=[0-9]{1,9}'],
  ...['host=[A-Za-z0-9_.:-]{1,255}', `docker=(?:${engine})`, 'network=(?:bridge|host)'],
  'fleet=[A-Za-z0-9_-]{1,64}',
]
const word = `(?: (?:${words.join('|')}))`

/** An address of a Docker engine. */
export const enginePattern = `^(?:${engine})$`

/**
 * `lab-1 ports=20000-20999 cpu=8 memory-mb=16384 host=10.0.0.5 fleet=ranked`, `lab-2 docker=tcp://10.0.0.6:2376 network=host`; all
 * words but the name may be left out.
 */
export const nodePattern = `^${name}${word}*$`

/** `Tokyo=lab-1`. */
export const regionNodePattern = `^${name}=${name}$`

/** `Seattle>Chicago`. */
export const spilloverPattern = `^${name}>${name}$`

/** `Tokyo=2`, `Tokyo/arena=4`. */
export const warmPattern = `^${name}(?:/[^/=,]{1,64})?=[0-9]{1,3}$`

/** What the settings say without a list of nodes: this machine, or the Docker engine on it. */
const onlyNodeIn = ({ docker, containers }: Settings): string =>
  docker ? `docker docker=${containers.engine}` : 'local'

/** What there was without a list of nodes, with containers and without. */
export const usualNodes = (settings: Settings): NodeSettings[] =>
  [false, true].map((docker) => readNode(onlyNodeIn({ ...settings, docker }), settings))

/** Every machine that the settings name, or the only one. */
export const nodesIn = (settings: Settings): NodeSettings[] =>
  (settings.nodes.length > 0 ? settings.nodes : [onlyNodeIn(settings)]).map((text) =>
    readNode(text, settings),
  )

function readNode(text: string, { ports }: Pick<Settings, 'ports'>): NodeSettings {
  const [first = '', ...words] = text.split(' ')
  const values = new Map(words.map((one) => one.split('=') as [string, string]))
  const number = (key: string): number | undefined =>
    values.has(key) ? Number(values.get(key)) : undefined
  const [from, to] = values.get('ports')?.split('-').map(Number) ?? []
  return {
    name: first,
    docker: values.get('docker'),
    network: values.get('network') === 'host' ? 'host' : 'bridge',
    host: values.get('host') ?? hostOf(values.get('docker')),
    ports: { from: from ?? ports.from, to: to ?? ports.to },
    cpu: number('cpu'),
    memoryMb: number('memory-mb'),
    fleet: values.get('fleet'),
  }
}

/** Of an engine elsewhere; undefined for what is on this machine. */
function hostOf(docker: string | undefined): string | undefined {
  const [, found] = /^(?:tcp|ssh):\/\/(?:[^@]*@)?(\[[^\]]*\]|[^:/]*)/.exec(docker ?? '') ?? []
  return found?.replace(/^\[(.*)\]$/, '$1')
}

/** The two sides of `a=b` or `a>b`. */
export function readPair(text: string): readonly [string, string] {
  const [left = '', right = ''] = text.split(/[=>]/)
  return [left, right]
}

/** What is wrong with machines and regions together; undefined when nothing is. */
export function nodesProblem(settings: Settings): string | undefined {
  const nodes = nodesIn(settings)
  return (
    twice(nodes) ??
    overlapping(settings.nodes.length > 0 ? nodes : []) ??
    withoutSize(settings, nodes) ??
    networkOfLocal(settings) ??
    unknownNode(settings, nodes) ??
    unknownWarmRegion(settings, nodes) ??
    unknownRegion(settings)
  )
}

function twice(nodes: readonly NodeSettings[]): string | undefined {
  const again = nodes.find(({ name: one }, at) => nodes.findIndex((node) => node.name === one) < at)
  return again && `nodes must have different names; got "${again.name}" twice`
}

function overlapping(nodes: readonly NodeSettings[]): string | undefined {
  for (const [at, { name: one, docker, ports }] of nodes.entries()) {
    if (ports.from < 1_024 || ports.to > 65_535 || ports.from > ports.to)
      return `nodes: the ports of "${one}" must go up within 1024 to 65535; got ${ports.from}-${ports.to}`
    const other = nodes
      .slice(0, at)
      .find(
        (node) =>
          hostOf(node.docker) === hostOf(docker) &&
          node.ports.from <= ports.to &&
          ports.from <= node.ports.to,
      )
    if (other !== undefined)
      return `nodes: "${one}" and "${other.name}" are one machine, so their ports must not overlap`
  }
  return undefined
}

/** The size of another machine is not known here. */
function withoutSize({ capacity }: Settings, nodes: readonly NodeSettings[]): string | undefined {
  const one = nodes.find(
    ({ docker, cpu, memoryMb }) =>
      hostOf(docker) !== undefined &&
      ((cpu ?? capacity.cpu) === undefined || (memoryMb ?? capacity.memoryMb) === undefined),
  )
  return one && `nodes: "${one.name}" is another machine, so it must have cpu= and memory-mb=`
}

function networkOfLocal({ nodes }: Settings): string | undefined {
  const one = nodes.find((text) => text.includes(' network=') && !text.includes(' docker='))
  return one && `nodes: network= is for containers, so it needs docker= beside it; got "${one}"`
}

function unknownNode(
  { regionNodes, regions }: Settings,
  nodes: readonly NodeSettings[],
): string | undefined {
  const names = nodes.map((node) => node.name)
  for (const [region, node] of regionNodes.map(readPair)) {
    if (!regions.includes(region))
      return `regionNodes names the region "${region}", which is not in regions`
    if (!names.includes(node))
      return `regionNodes names the node "${node}"; nodes has ${names.join(', ')}`
  }
  return undefined
}

function unknownWarmRegion(
  { containers, regions, regionNodes }: Settings,
  nodes: readonly NodeSettings[],
): string | undefined {
  const pairs = regionNodes.map(readPair)
  for (const text of containers.warmProcesses) {
    const [region = ''] = text.split(/[/=]/)
    if (!regions.includes(region))
      return `containers.warmProcesses names the region "${region}", which is not in regions`
    const served = pairs.flatMap(([of, node]) => (of === region ? [node] : []))
    const ofRegion = nodes.filter((node) => served.length === 0 || served.includes(node.name))
    if (ofRegion.every(({ docker }) => docker === undefined))
      return `containers.warmProcesses names the region "${region}", none of whose nodes runs containers`
  }
  return undefined
}

function unknownRegion({ spillover, regions }: Settings): string | undefined {
  for (const [from, to] of spillover.map(readPair)) {
    const unknown = [from, to].find((region) => !regions.includes(region))
    if (unknown !== undefined)
      return `spillover names the region "${unknown}", which is not in regions`
    if (from === to) return `spillover must lead to another region; got "${from}>${to}"`
  }
  return undefined
}
