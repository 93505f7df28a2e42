import { applicationRecord } from '../../domain/wire.ts'
import type { Handler } from '../context.ts'
import { getApplication } from '../find.ts'

export const getApp: Handler<'GetApp'> = async ({ params }, context) =>
  applicationRecord(await getApplication(context, params.appId))
