# Where ccache is installed it keeps what was compiled, for other clones too: in a folder and within a size of our own,
# whatever the language of its messages was.
find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  cmake_path(GET CMAKE_SOURCE_DIR PARENT_PATH clone)
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${clone} CCACHE_NOHASHDIR=1
      CCACHE_SLOPPINESS=locale CCACHE_DIR=$ENV{HOME}/.cache/ibctminer/ccache CCACHE_MAXSIZE=1G ${CCACHE})
endif()
