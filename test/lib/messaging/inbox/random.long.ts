import { describeRandomInbox } from './randomInbox';

describeRandomInbox(1000);
