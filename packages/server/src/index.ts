/** The server as a library: for the command line and the test kit. */
export { type Config, ConfigError, isLoopback, readConfig, settingsHelp } from './config.ts'
export {
  type RestoreOptions,
  type Restored,
  restoreBackup,
} from './composition/backup/restore-backup.ts'
export { type Finding, diagnose } from './composition/diagnosis/diagnose.ts'
export { engineHindrance, enginesIn } from './composition/diagnosis/engine-findings.ts'
export { readInstallation } from './composition/data-folder.ts'
export { AlreadyRunningError } from './composition/open-stores.ts'
export type { Log } from './domain/log.ts'
export { type Clock, systemClock } from './domain/clock.ts'
export {
  type FakeDriver,
  type FakePlace,
  createFakeDriver,
  createFakePlace,
} from './drivers/fake/index.ts'
export { type LogLevel, createLog, silentLog } from './log.ts'
export { endSignal, serve } from './main.ts'
export { type Server, type ServerOptions, startServer } from './server.ts'
