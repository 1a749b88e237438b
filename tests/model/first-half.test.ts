import { describeSequences } from './promises';

describeSequences(0);
