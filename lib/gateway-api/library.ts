/** What is used of axios. The build makes one file of it and the library, without its ways to the wire: that is ours. */
export { Axios } from 'axios';
