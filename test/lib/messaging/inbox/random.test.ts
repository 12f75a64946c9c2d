import { describeRandomInbox } from './randomInbox';

describeRandomInbox(30);
