/** What settings must be together. Each rule answers the problem, naming the settings as the user wrote them. */
import { isLoopback } from './loopback.ts'
import { enginePattern, nodesProblem } from './nodes.ts'
import type { Settings } from './schema.ts'

export interface Combination {
  readonly settings: Settings
  readonly isRoot: boolean
  /** Where a setting was given: `--port`, `hatchery.yaml:3 port`; its key when it has its default. */
  readonly nameOf: (key: string) => string
}

export const problemsTogether = (combination: Combination): string[] =>
  rules.map((rule) => rule(combination)).filter((problem) => problem !== undefined)

type Rule = (combination: Combination) => string | undefined

const rules: readonly Rule[] = [
  ({ settings }) => nodesProblem(settings),

  ({ settings: { docker, containers }, nameOf }) =>
    docker && !new RegExp(enginePattern).test(containers.engine)
      ? `${nameOf('docker')} finds the engine of Docker's client at "${containers.engine}", and only unix://, tcp:// and ssh:// are spoken: ` +
        'name another one with containers.engine'
      : undefined,

  ({ settings: { ports }, nameOf }) =>
    ports.from > ports.to
      ? `${nameOf('ports.from')} must not be above ${nameOf('ports.to')}; got ${ports.from} and ${ports.to}`
      : undefined,

  ({ settings: { port, ports }, nameOf }) =>
    port >= ports.from && port <= ports.to
      ? `${nameOf('port')} must lie outside ${ports.from} to ${ports.to}, the ports of games; got ${port}`
      : undefined,

  ({ settings: { loadBalancer }, nameOf }) =>
    loadBalancer.portsFrom > loadBalancer.portsTo
      ? `${nameOf('loadBalancer.portsFrom')} must not be above ${nameOf('loadBalancer.portsTo')}; got ${loadBalancer.portsFrom} and ${loadBalancer.portsTo}`
      : undefined,

  ({ settings: { local }, nameOf }) =>
    local.uidFrom > local.uidTo
      ? `${nameOf('local.uidFrom')} must not be above ${nameOf('local.uidTo')}; got ${local.uidFrom} and ${local.uidTo}`
      : undefined,

  ({ settings: { adminToken, adminTokenFile }, nameOf }) =>
    adminToken !== undefined && adminTokenFile !== undefined
      ? `${nameOf('adminToken')} and ${nameOf('adminTokenFile')} exclude each other; set one of them`
      : undefined,

  ({ settings: { mail, publicUrl }, nameOf }) =>
    mail.smtpUrl !== undefined && (mail.from === undefined || publicUrl === undefined)
      ? `${nameOf('mail.smtpUrl')} needs mail.from and publicUrl: who mail is from, and what the links in it begin with`
      : undefined,

  ({ settings: { host, local }, isRoot, nameOf }) =>
    !isLoopback(host) && !isRoot && !local.shareUser
      ? `${nameOf('host')} must be a loopback address while the server is not root, since games would share its user; ` +
        `got "${host}"; run it as root, or allow it with local.shareUser`
      : undefined,
]
