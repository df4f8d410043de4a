import { assistant, codingAgent, dependencyBot, maintainers } from './cast.ts'
import type { PullRequestPlot } from './pull-requests.ts'

const [mara, tomasz, aiko] = maintainers

/** What the lab's own people, its bots and its AI agent open. */
export const insidePullRequests: readonly PullRequestPlot[] = [
  [mara, 0, 'squashed', 'src/rope/scale.py', 'Scale RoPE by layer'],
  [dependencyBot, 2, 'merged', 'requirements.txt', 'Bump numpy from 2.3.1 to 2.3.2'],
  [tomasz, 4, 'merged', 'loader/index.py', 'Index shards once'],
  [aiko, 8, 'squashed', 'kernels/cuda/norm.cu', 'RMS norm in one pass'],
  [codingAgent, 9, 'merged', 'loader/types.py', 'Add type hints to the loader'],
  [tomasz, 12, 'squashed', 'server/batch.py', 'Batch requests of one length', by('sofia-tensors')],
  [mara, 15, 'merged', 'docs/release.md', 'Notes for 0.8'],
  [dependencyBot, 16, 'merged', 'requirements.txt', 'Bump safetensors from 0.6.1 to 0.6.2'],
  [aiko, 18, 'merged', 'kernels/cuda/paged.cu', 'Pages of 32 tokens'],
  [tomasz, 22, 'squashed', 'server/limits.py', 'Limit tokens by request', by(assistant)],
  [codingAgent, 24, 'closed', 'src/sampler/top_p.py', 'Refactor top-p sampling'],
  [mara, 26, 'squashed', 'src/rope/yarn.py', 'YaRN, behind a flag'],
  [dependencyBot, 30, 'merged', '.github/workflows/ci.yml', 'Bump actions/checkout from 5 to 6'],
  [aiko, 29, 'merged', 'kernels/cuda/attention.cu', 'Attention for grouped heads'],
  [tomasz, 33, 'squashed', 'server/stream.py', 'Flush after each token'],
  [mara, 36, 'squashed', 'src/adapters/load.py', 'Load adapters lazily', by('amara-finetunes')],
  [codingAgent, 37, 'merged', 'tests/test_loader.py', 'Test the loader with one shard'],
  [aiko, 41, 'merged', 'kernels/cuda/moe.cu', 'Route experts on the device'],
  [mara, 42, 'squashed', 'docs/release.md', 'Notes for 0.9'],
  [tomasz, 44, 'squashed', 'server/health.py', 'Health without a model'],
  [dependencyBot, 45, 'merged', 'requirements.txt', 'Bump numpy from 2.3.2 to 2.3.3'],
  [aiko, 46, 'merged', 'kernels/cuda/moe.cu', 'Fix experts that nobody asked for'],
  [mara, 50, 'merged', 'src/rope/yarn.py', 'YaRN on by default'],
  [codingAgent, 51, 'merged', 'quant/types.py', 'Add type hints to quant'],
  [tomasz, 53, 'squashed', 'server/queue.py', 'A queue that is fair', by('kwame-reads-docs')],
  [dependencyBot, 57, 'talked', 'requirements.txt', 'Bump torch from 2.9.0 to 2.9.1'],
  [mara, 63, 'squashed', 'src/sampler/logits.py', 'Logit bias by token'],
  [aiko, 65, 'merged', 'kernels/cuda/norm.cu', 'Norm for odd widths'],
  [codingAgent, 66, 'talked', 'server/types.py', 'Add type hints to the server'],
  [tomasz, 69, 'squashed', 'server/batch.py', 'Batch across lengths', by(assistant)],
  [mara, 71, 'merged', 'src/rope/scale.py', 'Scale RoPE from the card'],
  [aiko, 73, 'merged', 'kernels/cuda/paged.cu', 'Share pages between requests'],
  [dependencyBot, 74, 'merged', 'requirements.txt', 'Bump tokenizers from 0.22.0 to 0.22.1'],
  [codingAgent, 77, 'merged', 'bench/types.py', 'Add type hints to the benchmarks'],
  [tomasz, 78, 'squashed', 'server/limits.py', 'Say which limit was hit'],
  [mara, 80, 'talked', 'src/model/next.py', 'Draft: the next model', { draftDays: 30 }],
  [
    aiko,
    81,
    'merged',
    'kernels/metal/norm.metal',
    'Metal in the nightly tests',
    by('olu-on-metal'),
  ],
]

function by(...coAuthors: NonNullable<NonNullable<PullRequestPlot[5]>['coAuthors']>) {
  return { coAuthors }
}
