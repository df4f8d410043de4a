import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql'

export interface Cost {
  /** what the request takes from the hour's points */
  points: number
  /** how many nodes it may return at most; GitHub refuses more than 500,000 */
  nodes: number
}

type Variables = Record<string, unknown>

/**
 * GitHub's published formula: every connection is fetched once for each node it
 * may hang on, all pages taken as full; a hundred fetches are a point, and no
 * request is cheaper than one. Errors are GitHub's own for a connection that
 * says no size, or one over a hundred.
 * https://docs.github.com/graphql/overview/rate-limits-and-node-limits-for-the-graphql-api
 */
export function costOf(schema: GraphQLSchema, document: DocumentNode, variables: Variables): Cost {
  const fragments = new Map<string, FragmentDefinitionNode>()
  let operation: OperationDefinitionNode | undefined
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition)
    if (definition.kind === Kind.OPERATION_DEFINITION) operation ??= definition
  }
  const query = schema.getQueryType()
  if (!operation || !query) return { points: 1, nodes: 0 }
  const total = { fetches: 0, nodes: 0 }
  const given = { ...defaultsOf(operation), ...variables }

  const walk = (set: SelectionSetNode, typeName: string, times: number): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        walk(selection.selectionSet, selection.typeCondition?.name.value ?? typeName, times)
      } else if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value)
        if (fragment) walk(fragment.selectionSet, fragment.typeCondition.name.value, times)
      } else if (isIncluded(selection, given)) {
        visit(selection, typeName, times)
      }
    }
  }
  const visit = (field: FieldNode, typeName: string, times: number): void => {
    const type = schema.getType(typeName)
    const fieldType =
      isObjectType(type) || isInterfaceType(type)
        ? type.getFields()[field.name.value]?.type
        : undefined
    if (!fieldType || !field.selectionSet) return
    const name = getNamedType(fieldType).name
    if (!name.endsWith('Connection')) {
      const ids = argumentsOf(field, given).ids
      walk(field.selectionSet, name, Array.isArray(ids) ? times * ids.length : times)
      return
    }
    const size = sizeOf(field, given)
    total.fetches += times
    total.nodes += times * size
    walk(field.selectionSet, name, times * size)
  }
  walk(operation.selectionSet, query.name, 1)
  if (total.nodes > 500_000) {
    throw new GraphQLError(
      `This query requests up to ${total.nodes} possible nodes which exceeds the maximum limit of 500,000.`,
      { extensions: { type: 'MAX_NODE_LIMIT_EXCEEDED' } },
    )
  }
  return { points: Math.max(1, Math.round(total.fetches / 100)), nodes: total.nodes }
}

function sizeOf(field: FieldNode, variables: Variables): number {
  const { first, last } = argumentsOf(field, variables)
  const size = Number(first ?? last ?? Number.NaN)
  if (Number.isNaN(size)) {
    throw new GraphQLError(
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${field.name.value}\` connection.`,
      { nodes: field, extensions: { type: 'MISSING_PAGINATION_BOUNDARIES' } },
    )
  }
  if (size > 100 || size < 0) {
    throw new GraphQLError(
      `Requesting ${size} records on the \`${field.name.value}\` connection exceeds the \`first\` limit of 100 records.`,
      { nodes: field, extensions: { type: 'EXCESSIVE_PAGINATION' } },
    )
  }
  return size
}

function argumentsOf(field: FieldNode, variables: Variables): Variables {
  return Object.fromEntries(
    (field.arguments ?? []).map(({ name, value }) => [
      name.value,
      valueFromASTUntyped(value, variables),
    ]),
  )
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Variables {
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  )
}

function isIncluded(field: FieldNode, variables: Variables): boolean {
  return (field.directives ?? []).every(({ name, arguments: given = [] }) => {
    const condition = given.find((argument) => argument.name.value === 'if')
    const value = condition && valueFromASTUntyped(condition.value, variables)
    return name.value === 'skip' ? value !== true : name.value !== 'include' || value === true
  })
}
