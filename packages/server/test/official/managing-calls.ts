/** The official client's calls around organizations, their machines and what they use. */
import type { Call } from './known.ts'

const autoscalerConfig = { scaleUpThreshold: 80 }

export const managingCalls = {
  GetOrgs: (c) => c.organizationsV1.getOrgs(),
  GetUserPendingInvites: (c) => c.organizationsV1.getUserPendingInvites(),
  GetOrgMembers: (c, it) => c.organizationsV1.getOrgMembers(it.orgId),
  InviteUser: (c, it) =>
    c.organizationsV1.inviteUser(it.orgId, { userEmail: it.userEmail, scopes: 'member' }),
  UpdateUserInvite: (c, it) =>
    c.organizationsV1.updateUserInvite(it.orgId, { userEmail: it.userEmail, scopes: 'viewer' }),
  GetOrgPendingInvites: (c, it) => c.organizationsV1.getOrgPendingInvites(it.orgId),
  AcceptInvite: (c, it) => c.organizationsV1.acceptInvite(it.orgId),
  RejectInvite: (c, it) => c.organizationsV1.rejectInvite(it.orgId),
  RescindInvite: (c, it) => c.organizationsV1.rescindInvite(it.orgId, { userEmail: it.userEmail }),
  GetUsageLimits: (c, it) => c.organizationsV1.getUsageLimits(it.orgId),
  SendVerificationEmail: (c, it) => c.managementV1.sendVerificationEmail({ userId: it.userEmail }),

  GetOrgTokens: (c, it) => c.tokensV1.getOrgTokens(it.orgId),
  CreateOrgToken: (c, it) =>
    c.tokensV1.createOrgToken(it.orgId, { name: it.fresh, scopes: ['processes:read'] }),
  RevokeOrgToken: (c, it) => c.tokensV1.revokeOrgToken(it.orgId, it.orgTokenId),

  GetFleets: (c, it) => c.fleetsV2.getFleets(it.orgId),
  CreateFleet: (c, it) =>
    c.fleetsV2.createFleet(
      { name: it.fresh, nodeShapeId: 'shape-amd64-4-8', autoscalerConfig },
      it.orgId,
    ),
  GetFleet: (c, it) => c.fleetsV2.getFleet(it.fleetId, it.orgId),
  UpdateFleet: (c, it) =>
    c.fleetsV2.updateFleet(it.fleetId, { name: it.fresh, autoscalerConfig }, it.orgId),
  GetFleetRegion: (c, it) => c.fleetsV2.getFleetRegion(it.fleetId, it.region, it.orgId),
  UpdateFleetRegion: (c, it) =>
    c.fleetsV2.updateFleetRegion(it.fleetId, it.region, { nodeBaseline: 1 }, it.orgId),
  DeprecatedUpdateFleetRegionV2: (c, it) =>
    c.fleetsV2.deprecatedUpdateFleetRegionV2(
      ...[it.fleetId, it.region, { cloudMinVcpus: 0 }, it.orgId],
    ),
  GetFleetMetrics: (c, it) => c.fleetsV2.getFleetMetrics({ fleetId: it.fleetId, orgId: it.orgId }),
  GetFleetRegionMetrics: (c, it) =>
    c.fleetsV2.getFleetRegionMetrics({
      ...{ fleetId: it.fleetId, region: it.region, orgId: it.orgId },
    }),
  GetNodeShapes: (c, it) => c.fleetsV2.getNodeShapes(it.orgId),

  GetFleetsDeprecated: (c, it) => c.fleetsV1.getFleetsDeprecated(it.orgId),
  CreateFleetDeprecated: (c, it) =>
    c.fleetsV1.createFleetDeprecated(
      { name: it.fresh, nodeShape: 'cpu-4-8', autoscalerConfig },
      it.orgId,
    ),
  GetFleetDeprecated: (c, it) => c.fleetsV1.getFleetDeprecated(it.fleetId, it.orgId),
  UpdateFleetDeprecated: (c, it) =>
    c.fleetsV1.updateFleetDeprecated(it.fleetId, { name: it.fresh, autoscalerConfig }, it.orgId),
  GetFleetRegionDeprecated: (c, it) =>
    c.fleetsV1.getFleetRegionDeprecated(it.fleetId, it.region, it.orgId),
  UpdateFleetRegionDeprecated: (c, it) =>
    c.fleetsV1.updateFleetRegionDeprecated(
      ...[it.fleetId, it.region, { cloudMinVcpus: 0 }, it.orgId],
    ),
  GetFleetMetricsDeprecated: (c, it) =>
    c.fleetsV1.getFleetMetricsDeprecated({ fleetId: it.fleetId, orgId: it.orgId }),
  GetFleetRegionMetricsDeprecated: (c, it) =>
    c.fleetsV1.getFleetRegionMetricsDeprecated({
      ...{ fleetId: it.fleetId, region: it.region, orgId: it.orgId },
    }),

  ListProvisionedNodes: (c, it) => c.nodesV1.listProvisionedNodes(it.fleetId, it.orgId, it.region),
  GetNode: (c, it) => c.nodesV1.getNode(it.nodeId),

  GetBalance: (c, it) => c.billingV1.getBalance(it.orgId),
  GetInvoices: (c, it) => c.billingV1.getInvoices(it.orgId),
  GetPaymentMethod: (c, it) => c.billingV1.getPaymentMethod(it.orgId),
  GetUpcomingInvoiceItems: (c, it) => c.billingV1.getUpcomingInvoiceItems(it.orgId),
  GetUpcomingInvoiceTotal: (c, it) => c.billingV1.getUpcomingInvoiceTotal(it.orgId),
  InitStripeCustomerPortalUrl: (c, it) =>
    c.billingV1.initStripeCustomerPortalUrl({ returnUrl: it.returnUrl }, it.orgId),

  GetPingServiceEndpoints: (c) => c.discoveryV2.getPingServiceEndpoints(),
  GetPingServiceEndpointsDeprecated: (c) => c.discoveryV1.getPingServiceEndpointsDeprecated(),
} satisfies Record<string, Call>
