import { describeSequences } from './promises';

describeSequences(1);
