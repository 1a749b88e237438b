import { describeRounds } from './promises';

describeRounds();
