/** Operations of Hatchery's own on people and organizations. */
import { operation } from '../operation.ts'
import { orgId } from '../schemas/fields.ts'
import { OrgMember, userEmail } from '../schemas/organization.ts'
import {
  CreatedOrg,
  MemberChange,
  NewOrg,
  NewPersonalLink,
  OrgChange,
  OrgView,
  OrgViewsPage,
  PersonalLink,
} from '../schemas/people.ts'

const tag = 'Hatchery'

export const hatcheryPeople = {
  CreatePersonalLink: operation({
    id: 'CreatePersonalLink',
    tag,
    method: 'post',
    path: '/hatchery/v1/orgs/{orgId}/links',
    summary: 'Make a link for a person',
    description:
      'Makes a personal token for somebody who is invited or a member, to hand over where no mail is set up. Whoever has it ' +
      'is this person in the organization, so only an admin may. The person’s other links stay good.',
    access: ['orgs:read-write'],
    params: { orgId },
    query: {},
    body: { json: NewPersonalLink },
    answer: { status: 201, json: PersonalLink, description: 'The link and its token.' },
    errors: [401, 404, 408, 422, 429],
    ours: true,
  }),
  ChangeMember: operation({
    id: 'ChangeMember',
    tag,
    method: 'put',
    path: '/hatchery/v1/orgs/{orgId}/members/{userEmail}',
    summary: 'Change what a member may do',
    description:
      'Holds from the next request with a token of the member on. 422 when nobody would be left who may do everything.',
    access: ['orgs:read-write'],
    params: { orgId, userEmail },
    query: {},
    body: { json: MemberChange },
    answer: { status: 200, json: OrgMember, description: 'The member.' },
    errors: [401, 404, 408, 422, 429],
    ours: true,
  }),
  RemoveMember: operation({
    id: 'RemoveMember',
    tag,
    method: 'delete',
    path: '/hatchery/v1/orgs/{orgId}/members/{userEmail}',
    summary: 'Remove a member',
    description:
      'The personal tokens of the member for this organization are refused from the next request on. 422 when nobody would ' +
      'be left who may do everything.',
    access: ['orgs:read-write'],
    params: { orgId, userEmail },
    query: {},
    answer: { status: 204, description: 'The person is no member any more.' },
    errors: [401, 404, 408, 422, 429],
    ours: true,
  }),
  CreateOrg: operation({
    id: 'CreateOrg',
    tag,
    method: 'post',
    path: '/hatchery/v1/orgs',
    summary: 'Make an organization',
    description: 'Makes an organization and its first admin token. Only an operator may.',
    access: 'operator',
    params: {},
    query: {},
    body: { json: NewOrg },
    answer: { status: 201, json: CreatedOrg, description: 'The organization and its token.' },
    errors: [401, 408, 422, 429],
    ours: true,
  }),
  GetAllOrgs: operation({
    id: 'GetAllOrgs',
    tag,
    method: 'get',
    path: '/hatchery/v1/orgs',
    summary: 'List all organizations',
    description: 'Answers every organization of the installation. Only an operator may.',
    access: 'operator',
    params: {},
    query: {},
    answer: { status: 200, json: OrgViewsPage, description: 'The organizations.' },
    errors: [401, 408, 429],
    ours: true,
  }),
  ChangeOrg: operation({
    id: 'ChangeOrg',
    tag,
    method: 'patch',
    path: '/hatchery/v1/orgs/{orgId}',
    summary: 'Change an organization',
    description: 'Changes the name and the limits of any organization. Only an operator may.',
    access: 'operator',
    params: { orgId },
    query: {},
    body: { json: OrgChange },
    answer: { status: 200, json: OrgView, description: 'The organization.' },
    errors: [401, 404, 408, 422, 429],
    ours: true,
  }),
} as const
