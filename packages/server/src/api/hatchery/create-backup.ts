import type { Handler } from '../context.ts'

/** The whole installation as an archive, for who operates it. */
export const createBackup: Handler<'CreateBackup'> = (_input, { services, signal }) =>
  services.backups.create(signal)
