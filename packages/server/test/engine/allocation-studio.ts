/** An application with a static allocation, on a clock that a test moves. */
import { deployedApp, deploymentConfig } from '../support/deployed-app.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { createFakeDriver, startHatchery } from '../support/start-hatchery.ts'

export const region = 'Seattle'

export type Variables = { readonly name: string; readonly value: string }[]

export const exits = (code: number, afterMs: number): Variables => [
  { name: 'FAKE_EXIT_CODE', value: String(code) },
  { name: 'FAKE_EXIT_AFTER_MS', value: String(afterMs) },
]

/** Its first deployment has these variables; flags are those of `hatchery serve`. */
export async function anAllocationStudio(env: Variables = [], ...flags: string[]) {
  const clock = createManualClock()
  const driver = createFakeDriver({ clock })
  const { client, server } = await startHatchery({ clock, driver, flags })
  const { appId, deployment } = await deployedApp(client, { deployment: { env } })
  const keep = async (minProcesses: number, targetProcesses: number, maxProcesses: number) => {
    const allocation = { region, minProcesses, targetProcesses, maxProcesses }
    const serviceConfig = { staticProcessAllocation: [allocation] }
    await client.appsV2.patchApp({ serviceConfig }, appId)
    await settle()
  }

  /** One look may lead to others. */
  async function settle(): Promise<void> {
    for (let looks = 0; looks < 20; looks += 1) await server.settled()
  }

  async function pass(ms: number, stepMs = ms): Promise<void> {
    for (let passed = 0; passed < ms; passed += stepMs) {
      clock.pass(stepMs)
      await settle()
    }
  }

  const deploy = async (given: Partial<Parameters<typeof deploymentConfig>[1]> = {}) => {
    const config = deploymentConfig(deployment.buildId, given)
    await client.deploymentsV3.createDeployment(config, appId)
    await settle()
  }
  const made = async () => (await client.processesV3.getProcessesCountExperimental(appId)).count
  const stands = async () => (await client.hatchery.getAllocations(appId))[0]
  return { client, appId, clock, driver, keep, settle, pass, deploy, made, stands }
}
