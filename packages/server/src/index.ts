/** The server as a library: for the command line and the test kit. */
export { type Config, ConfigError, isLoopback, readConfig, settingsHelp } from './config.ts'
export {
  type RestoreOptions,
  type Restored,
  restoreBackup,
} from './composition/backup/restore-backup.ts'
export { type Finding, diagnose } from './composition/diagnosis/diagnose.ts'
export { readInstallation } from './composition/data-folder.ts'
export { AlreadyRunningError } from './composition/open-stores.ts'
export { createLog, silentLog } from './log.ts'
export { endSignal, serve } from './main.ts'
export { type Server, type ServerOptions, startServer } from './server.ts'
